import type { Services } from "../../services.ts";
import { alertIfEmpty } from "../on-call/alert-if-empty.ts";
import { nameOf } from "../on-call/name-of.ts";
import type { Duty } from "../on-call/on-call.ts";
import type { Called, Incident } from "./incident.ts";
import { followedAmong } from "./pipeline-of.ts";

type DutyNeeds = Pick<Services, "followed" | "onCall" | "workspace" | "now">;

/** Who is on call for the incident now, or the fallback where nobody is; nobody where the repository has no schedule. */
export const onDutyFor = (subject: Incident["subject"], needs: DutyNeeds): Promise<readonly Called[]> =>
  calledBy(subject, needs, (schedule) => needs.onCall.at(schedule, needs.now()));

/** The same, to be called now: where that is the fallback, the channel is told why. Not within a transaction. */
export const calledFor = (
  { subject }: Pick<Incident, "subject">,
  needs: DutyNeeds & Pick<Services, "records">,
): Promise<readonly Called[]> => calledBy(subject, needs, (schedule) => alertIfEmpty(schedule, needs));

async function calledBy(
  { repository }: Incident["subject"],
  { followed, workspace }: DutyNeeds,
  dutyOf: (schedule: string) => Promise<Duty>,
): Promise<readonly Called[]> {
  const schedule = followedAmong(followed, repository)?.onCall;
  if (schedule === undefined) return [];
  const { people } = (await dutyOf(schedule)).now;
  return Promise.all(people.map(async (slackUser) => ({ slackUser, name: await nameOf(slackUser, workspace) })));
}

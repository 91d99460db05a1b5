import type { Services } from "../../services.ts";
import { quietUntil } from "../policy/quiet-hours.ts";
import type { ChannelPolicy } from "../policy/rule.ts";
import type { Job, NewJob } from "../queue.ts";
import type { Transaction } from "../records.ts";
import { describeIncident } from "./describe.ts";
import type { Followed } from "./followed.ts";
import type { Incident } from "./incident.ts";
import { notesOn } from "./notes.ts";
import { putIncidentCheck } from "./own-check.ts";
import { followedAmong } from "./pipeline-of.ts";
import { describeTransition } from "./tell.ts";

/** The task of the job that brings what people see of an incident up to date. */
export const showTask = "show-incident";

/** Edits that no person asked for come together: at the end of each such span. */
export const togetherMs = 45_000;

/** @param at when something changed, in milliseconds since the epoch; by a machine, so that it has time */
export function toShow(incident: number, at: number): NewJob {
  const slot = Math.floor(at / togetherMs) + 1;
  return { id: `show-incident:${incident}:${slot}`, task: showTask, payload: { incident }, runAt: slot * togetherMs };
}

export type ShowNeeds = Pick<Services, "followed" | "policies" | "now">;

export function createShow({ records, ...needs }: ShowNeeds & Pick<Services, "records">): (job: Job) => Promise<void> {
  return ({ payload }) =>
    records.transaction(async (tx) => {
      const incident = await tx.incidents.find((payload as { incident: number }).incident);
      if (incident) await show(tx, incident, needs);
    });
}

/** The outbox key of the message at the top of an incident's thread. */
const rootKey = (incident: number): string => `incident:${incident}`;

/**
 * Makes the channel's thread say what is stored: its top how it is, the thread what happened. All of it follows from the incident and its
 * timeline, so that showing it again changes nothing, and what a crash or the quiet hours kept back comes with the next time.
 */
export async function show(tx: Transaction, incident: Incident, { followed, policies, now }: ShowNeeds): Promise<void> {
  const entry = followedAmong(followed, incident.subject.repository);
  if (!entry || !incident.isTold) return;
  await putIncidentCheck(tx, incident);
  const key = rootKey(incident.number);
  const quietEnd = quietUntil(policyOf(entry, policies).quietHours ?? [], now());
  const isBegun = (await tx.outbox.find(key)) !== undefined;
  if (quietEnd !== undefined) {
    // It is edited all the same, which disturbs nobody.
    await tx.queue.add({
      id: `show-incident:${incident.number}:quiet:${quietEnd}`,
      task: showTask,
      payload: { incident: incident.number },
      runAt: quietEnd,
    });
    if (!isBegun) return;
  }
  const lane = `incidents:${entry.channel}`;
  const to = { channel: entry.channel };
  await tx.outbox.put({
    key,
    lane,
    address: { surface: "slack_post", to },
    answers: [{ reply: describeIncident(incident, await notesOn(incident, tx)) }],
  });
  if (quietEnd !== undefined) return;

  const timeline = await tx.incidents.timeline(incident.number);
  const firstCall = timeline.find(({ kind }) => kind === "escalated");
  for (const transition of timeline) {
    const reply = describeTransition(incident, transition);
    const itsKey = `${key}:${transition.ordinal}`;
    if (!reply || (await tx.outbox.find(itsKey))) continue;
    // The first call for help is for the whole channel; what follows is for those who follow the thread.
    const isBroadcast = transition === firstCall && incident.state !== "resolved";
    const address = { surface: "slack_post", to, thread: { message: key }, ...(isBroadcast && { isBroadcast: true as const }) } as const;
    await tx.outbox.put({ key: itsKey, lane, address, answers: [{ reply }] });
  }
}

const policyOf = ({ channel }: Followed, policies: readonly ChannelPolicy[]): Pick<ChannelPolicy, "quietHours"> =>
  policies.find(({ id }) => id === channel) ?? {};

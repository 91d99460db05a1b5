import type { KnownBlock } from "@slack/types";
import { isAtLeast } from "../../../pipeline/access.ts";
import { isSame } from "../../../pipeline/incidents/act.ts";
import { incidentStep, lineOf } from "../../../pipeline/incidents/describe.ts";
import type { Incident, Person } from "../../../pipeline/incidents/incident.ts";
import { followedAmong } from "../../../pipeline/incidents/pipeline-of.ts";
import type { Services } from "../../../services.ts";
import { renderParts } from "../../render/block-kit.ts";
import { renderSteps } from "../../render/block-kit-steps.ts";
import type { Home } from "./view.ts";

const most = 5;

/** What is red and the person's own, or nobody's, where they may act on it: their own first. */
export async function incidentsFor(
  person: Person,
  roles: Home["roles"],
  { records, followed }: Pick<Services, "records" | "followed">,
): Promise<readonly Incident[]> {
  const repositories = roles.filter(({ repository, role }) => isAtLeast(role, "write") && followedAmong(followed, repository));
  if (repositories.length === 0) return [];
  const open = await records.transaction(async ({ incidents }) => {
    const all: Incident[] = [];
    for (const { repository } of repositories) all.push(...(await incidents.open(repository)));
    return all;
  });
  const isMine = ({ owner }: Incident) => owner !== undefined && isSame(owner.person, person);
  return [...open.filter(isMine), ...open.filter(({ owner }) => !owner)].slice(0, most);
}

/** One incident, with what the person may do about it. */
export function incidentBlocks(incident: Incident): KnownBlock[] {
  const { text, mood } = lineOf(incident);
  const { repository } = incident.subject;
  const act = incident.owner
    ? incidentStep("Give it back", "unack", incident)
    : incidentStep("Acknowledge", "ack", incident, "", "primary");
  const row = { mood, cells: [{ text, url: incident.lastRed.url }, repository, { at: incident.openedAt }] };
  const steps = { actions: [act, incidentStep("What happened", "incidents", incident)] };
  return [renderParts([{ kind: "table", columns: [], rows: [row] }]), ...renderSteps(steps)];
}

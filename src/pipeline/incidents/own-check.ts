import { facts, type Reply, text } from "../../reply.ts";
import { shortSha } from "../next-step.ts";
import { putCheck } from "../own-checks.ts";
import type { Transaction } from "../records.ts";
import { actionsOf, lineOf } from "./describe.ts";
import { type Incident, incidentName } from "./incident.ts";

const noteOf = (incident: number): string => `incident-check:${incident}`;

/** Shows on the newest red commit how its incident stands, and on the one before it that it goes on elsewhere. */
export async function putIncidentCheck(tx: Transaction, incident: Incident): Promise<void> {
  const { number, subject, lastRed } = incident;
  // What a merge queue tried is gone when somebody looks, and an outage is of no commit.
  if (subject.kind === "outage" || subject.trigger === "merge_queue") return;
  // Two workflows may fail on one commit, so that each incident has a check run of its own.
  const check = { repository: subject.repository, name: `NeXTRust incident ${incidentName(incident)}` };
  const before = await tx.notes.find<string>(noteOf(number));
  if (before !== undefined && before !== lastRed.headSha) await putCheck(tx.outbox, { ...check, headSha: before }, describeMoved(incident));
  await tx.notes.put(noteOf(number), lastRed.headSha);
  await putCheck(tx.outbox, { ...check, headSha: lastRed.headSha }, describeCheck(incident));
}

/** Everybody who may read the commit reads it: the state and the owner, no more. */
function describeCheck(incident: Incident): Reply {
  const { state, owner, openedAt, resolved } = incident;
  const { text: line, mood } = lineOf(incident);
  return {
    outcome: "done",
    reason: `incident_${state}`,
    audience: "channel",
    parts: [
      text(line, mood),
      facts(
        { label: "Owner", value: owner?.person.name ?? "nobody" },
        { label: "Since", value: { at: openedAt } },
        ...(resolved ? [{ label: "Over", value: { at: resolved.at } }] : []),
      ),
    ],
    ...(!resolved && { actions: actionsOf(incident) }),
    link: { text: `Run #${incident.lastRed.number}`, url: incident.lastRed.url },
  };
}

const describeMoved = (incident: Incident): Reply => ({
  outcome: "done",
  reason: "incident_moved",
  audience: "channel",
  parts: [text(`${incidentName(incident)} goes on at ${shortSha(incident.lastRed.headSha)}`, "idle")],
  link: { text: `Run #${incident.lastRed.number}`, url: incident.lastRed.url },
});

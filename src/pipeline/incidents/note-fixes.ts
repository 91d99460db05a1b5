import type { FixDecision } from "../failures/fix-words.ts";
import type { FinishedRun } from "../policy/finished-run.ts";
import type { Transaction } from "../records.ts";
import { change } from "./change.ts";
import { type KeepNeeds, keep } from "./keep.ts";

/** Shows on the incident what was done about its newest failure, or would be. */
export async function noteFixes(
  tx: Transaction,
  key: string,
  runId: number,
  fixes: readonly FixDecision[],
  needs: KeepNeeds,
): Promise<void> {
  const incident = await tx.incidents.openOf(key);
  if (incident?.lastRed.runId !== runId) return;
  const all = [...fixes, ...triaged(incident.fixes)];
  if (JSON.stringify(incident.fixes) === JSON.stringify(all)) return;
  await keep(tx, incident, change(incident, { fixes: all }, [], needs.now()), needs);
}

const triaged = (fixes: readonly FixDecision[] = []): readonly FixDecision[] => fixes.filter(({ by }) => by === "triage");

/** Shows what models made of that attempt, beside what known issues did. */
export async function noteTriage(
  tx: Transaction,
  key: string,
  { runId, attempt }: Pick<FinishedRun, "runId" | "attempt">,
  fixes: readonly FixDecision[],
  needs: KeepNeeds,
): Promise<void> {
  const incident = await tx.incidents.openOf(key);
  if (incident?.lastRed.runId !== runId || incident.lastRed.attempt !== attempt) return;
  const all = withTriage(incident.fixes, fixes);
  if (JSON.stringify(incident.fixes) === JSON.stringify(all)) return;
  await keep(tx, incident, change(incident, { fixes: all }, [], needs.now()), needs);
}

export const withTriage = (before: readonly FixDecision[] = [], triage: readonly FixDecision[]): readonly FixDecision[] => [
  ...before.filter(({ by }) => by !== "triage"),
  ...triage,
];

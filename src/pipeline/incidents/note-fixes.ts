import type { FixDecision } from "../failures/fix-words.ts";
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
  if (incident?.lastRed.runId !== runId || JSON.stringify(incident.fixes) === JSON.stringify(fixes)) return;
  await keep(tx, incident, change(incident, { fixes }, [], needs.now()), needs);
}

import type { Transaction } from "../records.ts";
import { attach, pass } from "./green.ts";
import type { RunMark } from "./incident.ts";
import { type KeepNeeds, keep } from "./keep.ts";
import { heard, wasHeard } from "./order.ts";
import { keyOf, type PipelineSubject } from "./pipeline-of.ts";
import { putStanding, standingOf } from "./standing.ts";
import { againWithinMs } from "./timings.ts";

/** A run of a pipeline passed: what is open may be over by it. It opens nothing, however late it comes. */
export async function passPipeline(
  tx: Transaction,
  { mark, subject }: { readonly mark: RunMark; readonly subject: PipelineSubject },
  needs: KeepNeeds,
): Promise<void> {
  const now = needs.now();
  const key = keyOf(subject);
  const standing = await standingOf(key, tx);
  if (wasHeard(standing, mark)) return;
  await putStanding(key, heard(standing, mark, false), tx);

  const open = await tx.incidents.openOf(key);
  if (open) {
    const since = await tx.incidents.openedSince(subject.repository, now - againWithinMs);
    const change = pass(open, mark, since.filter((one) => one.key === key).length, now);
    if (change) await keep(tx, open, change, needs);
    return;
  }
  const last = await tx.incidents.lastResolvedOf(key);
  const attached = last && attach(last, mark, now);
  if (attached) await keep(tx, last, attached, needs);
}

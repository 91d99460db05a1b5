import { z } from "zod";
import type { JobState, Pipeline } from "../../pipeline/pipelines.ts";
import { toJobState } from "./to-job.ts";

/** How many checks of one kind are in each state, in GitHub's words. */
export const Counts = z.array(z.object({ state: z.string(), count: z.number() })).nullable();

interface BothCounts {
  readonly checkRunCountsByState: z.infer<typeof Counts>;
  readonly statusContextCountsByState: z.infer<typeof Counts>;
}

/** Check runs and commit statuses, counted together in our words. */
export function toCounts({ checkRunCountsByState, statusContextCountsByState }: BothCounts): Pipeline["counts"] {
  const counts: Partial<Record<JobState, number>> = {};
  for (const { state, count } of [...(checkRunCountsByState ?? []), ...(statusContextCountsByState ?? [])]) {
    const ours = toJobState(state);
    if (count > 0) counts[ours] = (counts[ours] ?? 0) + count;
  }
  return counts;
}

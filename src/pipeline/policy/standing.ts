import type { FinishedRun } from "./finished-run.ts";
import type { Conclusion } from "./rule.ts";

/** Which run said something, in the order of commits: by the run's number, then its attempt. */
export interface Mark {
  readonly runId: number;
  readonly number: number;
  readonly attempt: number;
}

/** How one workflow stands on one branch or pull request. */
export interface Standing {
  /** The newest run that passed or failed. */
  readonly newest: Mark;
  /** The failure that began it, while it is red. */
  readonly redSince?: Mark;
}

/** What a run's end means: `overtaken` when a newer run has spoken, `seen` when this one has, `other` when it neither passed nor failed. */
export type Transition = "failed" | "still_failing" | "recovered" | "passed" | "overtaken" | "seen" | "other";

const red: readonly Conclusion[] = ["failure", "timed_out", "startup_failure"];
export const isFailure = (conclusion: Conclusion): boolean => red.includes(conclusion);

/** Order is by commit and attempt, never by arrival: what began earlier and ends later changes nothing. */
export function advance(
  before: Standing | undefined,
  { runId, number, attempt, conclusion }: Pick<FinishedRun, "runId" | "number" | "attempt" | "conclusion">,
): { readonly transition: Transition; readonly after: Standing | undefined } {
  const hasFailed = isFailure(conclusion);
  if (!hasFailed && conclusion !== "success") return { transition: "other", after: before };

  const order = before ? number - before.newest.number || attempt - before.newest.attempt : 1;
  if (order === 0) return { transition: "seen", after: before };
  if (order < 0) return { transition: "overtaken", after: before };

  const newest = { runId, number, attempt };
  if (!hasFailed) return { transition: before?.redSince ? "recovered" : "passed", after: { newest } };
  return { transition: before?.redSince ? "still_failing" : "failed", after: { newest, redSince: before?.redSince ?? newest } };
}

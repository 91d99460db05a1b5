import type { JobFacts, PastResult } from "./facts.ts";

/** The results commit by commit, as they are ordered. */
export function byCommit(results: readonly PastResult[]): readonly (readonly PastResult[])[] {
  const commits = new Map<string, PastResult[]>();
  for (const result of results) {
    const known = commits.get(result.headSha);
    if (known) known.push(result);
    else commits.set(result.headSha, [result]);
  }
  return [...commits.values()];
}

export const hasFailed = ({ conclusion }: PastResult): boolean => conclusion === "failed";
export const hasPassed = ({ conclusion }: PastResult): boolean => conclusion === "passed";

/** `unknown` where one of the two says too little to compare. */
export type Likeness = "same" | "other" | "unknown";

/**
 * Whether it is the same failure: the same first error, and no test that was fine then. A test that fails besides has its own reason, and
 * the first error hides it.
 */
export function likeness(job: JobFacts, past: PastResult): Likeness {
  if (job.signature === undefined || past.signature === undefined) return "unknown";
  if (job.signature !== past.signature) return "other";
  const { failedTests = [], moreFailedTests = 0 } = past;
  if (job.failedTests.length === 0 || failedTests.length === 0) return "same";
  // Of many not all are named; then their number must do.
  if (moreFailedTests > 0) return job.failedTests.length + job.moreFailedTests <= failedTests.length + moreFailedTests ? "same" : "other";
  return job.moreFailedTests === 0 && job.failedTests.every((name) => failedTests.includes(name)) ? "same" : "other";
}

import type { KnownMatch } from "../known-issues/known-issue.ts";

/** Why a run failed, as far as it can be told. What is not certain is `unknown`: people trust "not yours" only while it is right. */
export const verdicts = ["yours", "flaky", "broken_on_main", "infrastructure", "unknown"] as const;
export type Verdict = (typeof verdicts)[number];

/** One reason for the verdict, with the page that shows it. Plain text. */
export interface Evidence {
  readonly text: string;
  readonly url?: string;
}

/** A job that failed, and what its log says. Everything in it is masked, and hostile as any foreign text. */
export interface FailedJob {
  readonly jobId: number;
  readonly name: string;
  readonly url: string;
  /** The first error without what differs each time (`toSignature`); absent where the log shows none or is gone. */
  readonly signature?: string;
  /** The first error as it stands in the log, in one line of at most 300 characters. */
  readonly firstError?: string;
  readonly failedTests: readonly string[];
  readonly moreFailedTests: number;
  /** In how many of the last results on the default branch it failed; absent where that is unknown. `branch` is `main` where it is absent. */
  readonly onMain?: { readonly failed: number; readonly of: number; readonly branch?: string };
  /** It passed on the same commit before. */
  readonly passedHere?: true;
  /** What is known of this failure. */
  readonly known?: KnownMatch;
}

/** What was found out about one failed attempt of a run. */
export interface Diagnosis {
  readonly repository: string;
  readonly runId: number;
  readonly attempt: number;
  readonly headSha: string;
  readonly pullRequest?: number;
  readonly verdict: Verdict;
  readonly evidence: readonly Evidence[];
  /** Those that were looked into, in the run's order. */
  readonly jobs: readonly FailedJob[];
  /** The names of those that failed besides. */
  readonly otherJobs?: readonly string[];
  /** How many more failed. */
  readonly moreJobs: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

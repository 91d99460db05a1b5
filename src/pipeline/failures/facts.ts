import type { KnownMatch } from "../known-issues/known-issue.ts";
import type { Sighting } from "./diagnoses.ts";
import type { JobResult } from "./history.ts";

/** How a job ended on a commit of the default branch, and what was found out about it if it failed. */
export interface PastResult extends JobResult {
  readonly signature?: string;
  readonly failedTests?: readonly string[];
  readonly moreFailedTests?: number;
}

/** What is known of one failed job. What could not be found out is absent, and then less can be said. */
export interface JobFacts {
  readonly name: string;
  readonly firstError?: string;
  readonly signature?: string;
  readonly failedTests: readonly string[];
  readonly moreFailedTests: number;
  readonly known?: KnownMatch;
  /** Its results on the last commits of the default branch, the newest commit first, of one commit in the order in which they ended. */
  readonly onMain?: readonly PastResult[];
  /** Its results on the commit that the head branched off from. */
  readonly atMergeBase?: readonly PastResult[];
  /** Where else the signature was seen, newest first: not in this pull request or branch. */
  readonly elsewhere: readonly Sighting[];
  /** It failed with the same signature before on this commit. */
  readonly hasFailedSo: boolean;
  /** Where it passed on this commit. */
  readonly passed?: { readonly url: string };
}

export interface FailureFacts {
  readonly jobs: readonly JobFacts[];
  /** `main` is the default branch itself; `other` is another branch or a merge queue, which several people fill. */
  readonly of: "pull_request" | "main" | "other";
  /** The name of the default branch. */
  readonly branch: string;
  readonly now: number;
}

/** How far a job is or how it ended, in the order in which people want to read them. */
export const jobStates = ["failed", "cancelled", "stale", "running", "queued", "waiting", "passed", "neutral", "skipped"] as const;
export type JobState = (typeof jobStates)[number];

/** A check on a commit: a job of GitHub Actions, another app's check run, or a commit status. */
export interface Job {
  readonly name: string;
  readonly state: JobState;
  readonly isRequired: boolean;
  readonly url?: string;
  /** For jobs of GitHub Actions; others cannot be run again from here. */
  readonly actions?: { readonly jobId: number; readonly runId: number; readonly workflow: string };
}

/** The checks of one commit. */
export interface Pipeline {
  readonly repository: string;
  readonly headSha: string;
  readonly headUrl: string;
  /** What the commit was reached by: the pull request, branch or commit asked for. */
  readonly subject:
    | {
        readonly kind: "pull_request";
        readonly number: number;
        /** What GitHub calls it where it is commented on. */
        readonly nodeId?: string;
        readonly title: string;
        readonly url: string;
        readonly state: "open" | "closed" | "merged";
        readonly author: string;
        readonly branch: string;
        /** Its branch lies in another repository, so that whoever wrote it may have no role here. */
        readonly isFork: boolean;
      }
    | { readonly kind: "ref"; readonly name: string };
  /** How many jobs are in each state, all of them counted. */
  readonly counts: Readonly<Partial<Record<JobState, number>>>;
  /** The jobs themselves; of very many only the first, unless all were asked for. */
  readonly jobs: readonly Job[];
}

export interface Extent {
  /** Read 1,000 jobs instead of 200. */
  readonly allJobs?: boolean;
}

/** Reads pipelines. Every call throws ServiceError when GitHub cannot be asked, and is at most two requests for 200 jobs. */
export interface Pipelines {
  ofPullRequest(repository: string, number: number, extent?: Extent): Promise<Pipeline | undefined>;
  /** A branch, tag or commit; the default branch when `ref` is absent. */
  ofRef(repository: string, ref?: string, extent?: Extent): Promise<Pipeline | undefined>;
  /** The number of the newest open pull request that this login opened. */
  newestPullRequestBy(login: string, repository: string): Promise<number | undefined>;
}

export const countOf = (counts: Pipeline["counts"]): number => jobStates.reduce((sum, state) => sum + (counts[state] ?? 0), 0);

/** The one word for a whole pipeline: anything red decides, then anything unfinished. */
export function rollup({ counts }: Pick<Pipeline, "counts">): "none" | "failed" | "running" | "passed" {
  if (counts.failed || counts.cancelled || counts.stale) return "failed";
  if (counts.running || counts.queued || counts.waiting) return "running";
  return countOf(counts) === 0 ? "none" : "passed";
}

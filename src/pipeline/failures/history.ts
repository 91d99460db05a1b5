/** How one job ended on one commit, once. */
export interface JobResult {
  readonly job: string;
  readonly headSha: string;
  readonly conclusion: "passed" | "failed";
  /** Ids of the run and of the job in it. */
  readonly runId: number;
  readonly jobId: number;
  readonly url: string;
  /** Milliseconds since the epoch. */
  readonly endedAt: number;
}

/** How the jobs of a workflow ended before. Every call throws ServiceError when GitHub cannot be asked, and UserError when the bot may not. */
export interface JobHistory {
  /**
   * The results on the last 20 commits of the branch, every attempt of each, those of the newest commit first and of one commit in the
   * order in which they ended. A job that neither passed nor failed is left out. One request.
   */
  onBranch(repository: string, branch: string, workflowId: number): Promise<readonly JobResult[]>;
  /**
   * The results on the commit that the head branched off from the branch; undefined where there is no such commit. Two requests.
   */
  atMergeBase(
    repository: string,
    branch: string,
    headSha: string,
    workflowId: number,
  ): Promise<{ readonly sha: string; readonly results: readonly JobResult[] } | undefined>;
}

/** On how many commits of the branch `onBranch` looks. */
export const commitsLookedAt = 20;

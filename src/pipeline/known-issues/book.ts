/** What came of one known issue. */
export interface KnownIssueCounts {
  /** In how many attempts of runs it was seen. */
  readonly occurrences: number;
  readonly lastSeenAt?: number;
  /** How often its fix was carried out and how that ended; what is still under way is neither. */
  readonly fixesTried: number;
  readonly fixesSucceeded: number;
  readonly fixesFailed: number;
  readonly lastFixSucceededAt?: number;
}

/** A fix that was carried out without a person. */
export interface Fix {
  readonly issue: string;
  readonly repository: string;
  readonly headSha: string;
  readonly runId: number;
  /** The attempt that failed. */
  readonly attempt: number;
  readonly job: string;
  readonly type: "retry" | "workflow";
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Counts, for each known issue, how often it came and whether its fix helped. All times are milliseconds since the epoch. */
export interface KnownIssueBook {
  /** Counts each attempt of a run once for each issue, however often it is told. */
  seen(issue: string, repository: string, runId: number, attempt: number, at: number): Promise<void>;
  /** Writes down that a fix is carried out; false when one was before for the same repository, commit and job. */
  begin(fix: Fix): Promise<boolean>;
  /** Those of the commit that are under way. */
  underWay(repository: string, headSha: string): Promise<readonly Fix[]>;
  end(fix: Fix, hasSucceeded: boolean, at: number): Promise<void>;
  counts(issue: string): Promise<KnownIssueCounts>;
}

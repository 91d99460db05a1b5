/** What happens in a session of Claude Code is of this; everything may be unknown. */
export interface Origin {
  readonly session?: string;
  /** `owner/name` */
  readonly repository?: string;
  readonly branch?: string;
  /** The commit that is checked out; in GitHub Actions the head of the pull request, not its merge. */
  readonly headSha?: string;
  readonly pullRequest?: number;
  /** GitHub's id of the workflow run. */
  readonly runId?: number;
  readonly attempt?: number;
  readonly phase?: string;
  /** A login, or the name of an account on a machine. */
  readonly actor?: string;
}

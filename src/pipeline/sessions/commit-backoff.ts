/** What was tried for a commit. */
export type Tried = "design request" | "usage capture";

/** After so many of one kind for one commit no more are tried, until there is a new commit or somebody clears it. */
export const mostTries = 3;

/** What is older is forgotten. */
export const triesKeptMs = 30 * 24 * 60 * 60_000;

/** How a commit stands. */
export interface CommitTries {
  readonly commit: string;
  readonly tried: Tried;
  readonly times: number;
  /** Milliseconds since the epoch. */
  readonly lastAt: number;
}

/** Keeps what helps nobody from being tried for ever at one commit. */
export interface CommitBackoff {
  /** Counts one more in one step with looking, of however many processes; false, and nothing is counted, when there were `mostTries` already. */
  take(commit: string, tried: Tried, now: number): boolean;
  /** Whether there were `mostTries` already; only looks. */
  isSpent(commit: string, tried: Tried): boolean;
  /** Newest first. */
  newest(most: number): readonly CommitTries[];
  /** Forgets them, and says how many there were. */
  clear(commit: string): number;
}

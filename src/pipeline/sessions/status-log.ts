/** Something worth knowing that happened in a checkout. */
export interface Activity {
  /** Names it for ever: added again, it changes nothing. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly kind: ActivityKind;
  /** Masked, in one line of at most 500 characters. */
  readonly text: string;
  readonly session?: string;
  /** The commit that was checked out. */
  readonly sha?: string;
  readonly branch?: string;
  readonly actor?: string;
}

export const activityKinds = ["build", "test", "commit", "push", "phase", "note"] as const;
export type ActivityKind = (typeof activityKinds)[number];

export const longestActivity = 500;

/** What happened lately in a checkout. */
export interface StatusLog {
  add(activities: readonly Activity[]): void;
  /** Newest first. */
  latest(most: number): readonly Activity[];
  count(): number;
  /** What happened before that moment, oldest first. */
  before(at: number): readonly Activity[];
  remove(ids: readonly string[]): void;
}

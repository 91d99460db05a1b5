/** Who is on call. Ids are Slack's. */
export interface Shift {
  readonly people: readonly string[];
  /** When it ends and the next begins (milliseconds since the epoch); absent where that cannot be told. */
  readonly until?: number;
}

/** How a schedule stands at a moment. */
export interface Duty {
  readonly schedule: string;
  /** Where nobody is on call it holds the fallback, and `isEmpty` says so. */
  readonly now: Shift;
  /** It holds the fallback as well where nobody is on it, and says so itself. */
  readonly next?: Shift & { readonly isEmpty?: true };
  /** Nobody was on call: the named fallback stands in. */
  readonly isEmpty: boolean;
  /** It could never be read, so that nobody knows who is on call: the fallback stands in, and `isEmpty` says so. */
  readonly isUnread?: true;
  /** Names that the source gives for that moment and that the settings do not know; they are foreign text. */
  readonly unknown?: readonly string[];
  /** When what it was read from was fetched (milliseconds since the epoch), where that is older than it should be: the source is away. */
  readonly staleSince?: number;
}

/** The on-call schedules of the settings. */
export interface OnCall {
  readonly schedules: readonly string[];
  /** Never throws because a source is away: the last good copy answers, and without one the fallback. @throws Error for a name that is not in the settings */
  at(schedule: string, moment: number): Promise<Duty>;
}

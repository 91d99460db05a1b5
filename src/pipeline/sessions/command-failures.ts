/** A call of a tool that failed: a command, or the reading or writing of a file. */
export interface FailedCall {
  /** Equal for what counts as the same call. */
  readonly key: string;
  /** Masked, at most 500 characters. */
  readonly command: string;
  /** The commit that was checked out; empty where there is none. */
  readonly commit: string;
  /** The first error of its output, masked, at most 300 characters. */
  readonly error: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** How a call failed at one commit since it last passed there. */
export interface CommandFailure extends Pick<FailedCall, "key" | "command" | "commit"> {
  readonly failures: number;
  readonly firstAt: number;
  readonly lastAt: number;
  /** Of the newest failures, the newest last; at most `mostErrors`. */
  readonly errors: readonly string[];
  readonly knownIssue?: string;
  /** Advice was asked for. */
  readonly isHelpAsked: boolean;
}

export const mostErrors = 5;

/** What is older is forgotten. */
export const failuresKeptMs = 30 * 24 * 60 * 60_000;

/** Once may be chance. */
const leastRepeated = 2;

/** What fails again and again, and has not passed since: at this commit first, then elsewhere. */
export function repeatedFailures(newest: readonly CommandFailure[], commit: string): readonly CommandFailure[] {
  const repeated = newest.filter(({ failures }) => failures >= leastRepeated);
  return [...repeated.filter((one) => one.commit === commit), ...repeated.filter((one) => one.commit !== commit)];
}

/** Failures of calls, by call and commit. What changes in the working tree changes nothing here: trying again and again is what is to be seen. */
export interface CommandFailures {
  /** Counts each one, of however many processes at once. */
  add(failed: FailedCall): CommandFailure;
  of(key: string, commit: string): CommandFailure | undefined;
  /** Notes which known issue it is; nothing where the call has not failed. */
  explain(key: string, commit: string, issue: string): void;
  noteHelpAsked(key: string, commit: string): void;
  /** It passed, and its failures are forgotten; false where there were none. */
  pass(key: string, commit: string): boolean;
  /** Whether anything has failed at the commit. */
  hasAny(commit: string): boolean;
  /** Newest first. */
  newest(most: number): readonly CommandFailure[];
}

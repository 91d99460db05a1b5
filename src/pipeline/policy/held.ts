import type { Mood } from "../../reply.ts";

/** One thing that happened, in a line. */
export interface Line {
  readonly text: string;
  readonly mood: Mood;
  readonly url: string;
}

/** Whom it is for, and what keeps it: `channel:C1` or `user:U1`. */
export type Audience = `channel:${string}` | `user:${string}`;
export type Hold = "quiet" | "burst" | "mute";

export interface HeldMessage {
  /** The key of the message that it would have been. */
  readonly key: string;
  readonly audience: Audience;
  readonly why: Hold;
  readonly line: Line;
  /** Milliseconds since the epoch, both. */
  readonly heldAt: number;
  readonly releaseAt: number;
}

/** What is told later, together. */
export interface HeldMessages {
  /** Holding the same key again changes nothing. */
  hold(message: HeldMessage): Promise<void>;
  count(audience: Audience): Promise<number>;
  /** For whom something is held that was due before then (milliseconds since the epoch). */
  overdue(before: number): Promise<readonly Audience[]>;
  /** Those that are due by then, in the order they were held; they are held no more. */
  take(audience: Audience, dueBy: number): Promise<readonly HeldMessage[]>;
}

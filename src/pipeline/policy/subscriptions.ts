import type { Rule } from "./rule.ts";

/** A rule that somebody added to a channel in chat. It belongs to the channel: whoever added it may leave. */
export interface Subscription {
  /** People call it `s7`. */
  readonly number: number;
  readonly channel: string;
  readonly repository: string;
  /** Its `repositories` is the one above. */
  readonly rule: Rule;
  readonly by: string;
  readonly reason?: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

export interface Subscriptions {
  /** Adds it under the next number. The same wish again gives back what it added before. */
  add(subscription: Omit<Subscription, "number">, intent: string): Promise<Subscription>;
  /** Those that stand, in order of their numbers; of every channel when none is named. */
  list(channel?: string): Promise<readonly Subscription[]>;
  /** Ends those numbers, and keeps who did so. Numbers are not used again. */
  end(numbers: readonly number[], by: string, at: number): Promise<void>;
}

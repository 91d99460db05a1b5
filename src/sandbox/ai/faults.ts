/** What can go wrong with a call, by name. */
const aiFaults = [
  /** The model declines. */
  "refusal",
  /** It runs out of room. */
  "incomplete",
  /** A filter of the vendor stops it. */
  "content_filter",
  "empty",
  "wrong_shape",
  "rate_limited",
  "quota",
  "server_error",
  /** It begins to answer, and goes on after `delayMs`. */
  "slow",
  /** There is no such model any more. */
  "retired",
  "unauthorised",
  "too_large",
  /** Something in the request is not taken. */
  "not_taken",
  /** The connection breaks before there is an answer. */
  "dropped_connection",
  /** It breaks in the middle of one. */
  "broken_stream",
  /** An answer that has begun ends in an error. */
  "failed_stream",
] as const;
export type AiFault = (typeof aiFaults)[number];

export interface FaultOptions {
  /** How many calls go wrong; all of them unless told. */
  readonly times?: number;
  /** Of `rate_limited` and `server_error`: how long it asks to wait. */
  readonly retryAfterMs?: number;
  /** Of `slow`; unless told it never goes on. */
  readonly delayMs?: number;
}

export interface PlannedFault extends FaultOptions {
  readonly name: AiFault;
}

/** Trouble on demand, the oldest first. */
export class PlannedFaults {
  #rules: { readonly fault: PlannedFault; left: number }[] = [];

  /** Adds one and returns what takes it away. */
  add(fault: PlannedFault): () => void {
    const rule = { fault, left: fault.times ?? Number.POSITIVE_INFINITY };
    this.#rules.push(rule);
    return () => {
      this.#rules = this.#rules.filter((other) => other !== rule);
    };
  }

  /** The fault of this call, used up once. */
  next(): PlannedFault | undefined {
    const rule = this.#rules.find(({ left }) => left > 0);
    if (rule) rule.left -= 1;
    return rule?.fault;
  }
}

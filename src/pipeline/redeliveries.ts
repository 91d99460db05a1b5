/** A webhook delivery that GitHub could not hand over. */
export interface FailedDelivery {
  readonly id: number;
  /** The same for every attempt at one delivery. */
  readonly guid: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What GitHub tried to tell us and could not. It does not try again by itself. Both calls throw ServiceError. */
export interface Redeliveries {
  /** Newest first; undefined where we have no App whose deliveries we could see. */
  failedSince(since: number): Promise<readonly FailedDelivery[] | undefined>;
  /** Asks for one more attempt. */
  redeliver(id: number): Promise<void>;
}

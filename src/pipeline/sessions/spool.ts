import type { SessionEvent } from "./event.ts";

/** An event that waits for being told. */
export interface Spooled {
  /** Grows; what was told again meanwhile has another one. */
  readonly sequence: number;
  readonly event: SessionEvent;
}

/** How the spool stands, for people. */
export interface SpoolStanding {
  readonly waiting: number;
  readonly oldestAt?: number;
  /** How many were not kept because there was no room, since the beginning. */
  readonly lost: number;
}

/** Events that wait for a bot or a ledger, in their order. It is bounded: the oldest are kept, and what finds no room is counted. */
export interface Spool {
  /** One that waits already is replaced by the fuller one. */
  add(events: readonly SessionEvent[], now: number): void;
  /** The oldest. */
  next(most: number): readonly Spooled[];
  /** They were taken. */
  remove(taken: readonly Spooled[]): void;
  standing(): SpoolStanding;
}

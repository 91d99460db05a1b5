import type { SessionEvent } from "./event.ts";

/** An event that waits for being told. */
export interface Spooled {
  /** Grows; what was told again meanwhile has another one. */
  readonly sequence: number;
  readonly event: SessionEvent;
  /** How much room it takes. */
  readonly bytes: number;
}

/** One that was refused. It is kept, and tried again now and then: a bot may be newer by then, or a clock right. */
export interface SetAside extends Spooled {
  /** Why, in a sentence. */
  readonly problem: string;
}

/** Why events could not be told when it was tried last. */
export interface Trouble {
  /** For people: what is wrong, and what to do. */
  readonly text: string;
  /** It stays as it is until somebody does something about it. */
  readonly isForPerson: boolean;
  /** Since when nothing could be told, in milliseconds since the epoch. */
  readonly since: number;
}

/** How the spool stands, for people. */
export interface SpoolStanding {
  readonly waiting: number;
  readonly oldestAt?: number;
  /** How many were refused, and are kept beside those that wait. */
  readonly aside: number;
  /** How many were not kept because there was no room, since the beginning. */
  readonly lost: number;
  readonly trouble?: Trouble;
}

/** Events that wait for a bot or a ledger, in their order. It is bounded: the oldest are kept, and what finds no room is counted. */
export interface Spool {
  /** One that waits already, or was set aside, is replaced by the fuller one. */
  add(events: readonly SessionEvent[], now: number): void;
  /** The oldest, of so many bytes together; one at least, however large it is. */
  next(most: number, mostBytes?: number): readonly Spooled[];
  /** They were taken. */
  remove(taken: readonly Spooled[]): void;
  /** They were refused, and wait no more. */
  setAside(refused: readonly SetAside[], now: number): void;
  aside(most: number): readonly SetAside[];
  /** Those that were set aside at that time or before wait again, in their old place; those that are kept for too long are lost. */
  tryAgain(asideBefore: number, now: number): void;
  /** Notes why nothing could be told, or that it could. */
  trouble(trouble: Omit<Trouble, "since"> | undefined, now: number): void;
  standing(): SpoolStanding;
}

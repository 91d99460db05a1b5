import type { PicoUsd } from "./money.ts";
import type { PriceBook } from "./price-book.ts";
import type { Tokens } from "./usage.ts";

/** Tokens as ccusage tells them: it does not say for how long a cache is kept. */
export interface CcusageTokens {
  readonly uncachedIn: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly out: number;
}

/** What ccusage says of one model in one session. */
export interface Theirs {
  readonly session: string;
  readonly model: string;
  readonly tokens: CcusageTokens;
  readonly costPico: PicoUsd;
  /** It knows no price of the model. */
  readonly isUnpriced: boolean;
  /** Of the whole session, in milliseconds since the epoch. */
  readonly lastAt?: number;
}

/** What the ledger says of the same. */
export interface Ours {
  readonly session: string;
  readonly model: string;
  readonly service: string;
  readonly tokens: Tokens;
  /** Metered and at list prices, together. */
  readonly costPico: PicoUsd;
  readonly unpricedTokens: number;
  readonly lastAt: number;
}

/** What the transcripts themselves say of the same: sums and the largest request cannot tell it. */
export interface TranscriptFacts {
  readonly session: string;
  readonly model: string;
  /** Of messages told again without a request's id: by how much a second count of them is too high. */
  readonly repeatedWithoutRequest: CcusageTokens;
  /** Of messages whose request's id is there and blank, which ccusage leaves out. */
  readonly blankRequest: CcusageTokens;
  /** The sum of `costUSD`. */
  readonly statedPico: PicoUsd;
  /** Tokens that went into the largest request, cached ones too. */
  readonly largestIn: number;
  /** Of messages that are copies from another session, and count there. */
  readonly copied?: CcusageTokens;
  /** What Claude Code itself says at the end of the session. */
  readonly ownTotal?: CcusageTokens;
}

export const causes = [
  "unpriced there",
  "unpriced here",
  "long context",
  "1-hour cache writes",
  "stated cost",
  "repeated without a request id",
  "blank request id left out there",
  "in no transcript",
  "counted in another session",
  "newer there",
  "newer here",
  "missing here",
  "not there",
  "prices differ",
  "rounding",
  "unexplained",
] as const;
export type Cause = (typeof causes)[number];

export interface Named {
  readonly cause: Cause;
  readonly why: string;
}

export interface Pair {
  readonly session: string;
  readonly model: string;
  readonly theirs?: Theirs;
  readonly ours?: Ours;
  readonly facts?: TranscriptFacts;
}

/** All that is known when one difference is looked at. */
export interface Known {
  readonly pairs: readonly Pair[];
  readonly book: PriceBook;
  /** Sessions whose transcripts are on this machine; undefined where they were not looked at. */
  readonly transcribed?: ReadonlySet<string>;
}

export const asTheirs = ({ uncachedIn, cacheRead, cacheWrite5m, cacheWrite1h, out }: Tokens): CcusageTokens => ({
  uncachedIn,
  cacheRead,
  cacheWrite: cacheWrite5m + cacheWrite1h,
  out,
});

/** Of each kind, in one order. */
export const minus = (one: CcusageTokens, other: CcusageTokens): readonly number[] => [
  one.uncachedIn - other.uncachedIn,
  one.cacheRead - other.cacheRead,
  one.cacheWrite - other.cacheWrite,
  one.out - other.out,
];

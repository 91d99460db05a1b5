import { causeOf } from "./ccusage-cause.ts";
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
}

export const causes = [
  "unpriced there",
  "unpriced here",
  "long context",
  "1-hour cache writes",
  "stated cost",
  "repeated without a request id",
  "blank request id left out there",
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

export interface Difference {
  readonly session: string;
  readonly model: string;
  readonly cause: Cause;
  /** In a sentence. */
  readonly why: string;
  readonly theirs?: Theirs;
  readonly ours?: Ours;
}

export interface Comparison {
  /** Pairs of session and model that are the same to the last digit. */
  readonly same: number;
  readonly differences: readonly Difference[];
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

interface Compared {
  readonly theirs: readonly Theirs[];
  readonly ours: readonly Ours[];
  readonly facts: readonly TranscriptFacts[];
  readonly book: PriceBook;
  readonly transcribed?: ReadonlySet<string>;
}

/** Compares the ledger with ccusage by session and model, and names the cause of each difference. Equal tokens are looked at first: then it is the price. */
export function compareWithCcusage({ theirs, ours, facts, ...known }: Compared): Comparison {
  const pairs = toPairs(theirs, ours, facts);
  const different = pairs.filter((pair) => !isSame(pair));
  return {
    same: pairs.length - different.length,
    differences: different.map(({ facts: _, ...pair }, at) => ({ ...pair, ...causeOf(different[at] ?? pair, { ...known, pairs }) })),
  };
}

function toPairs(theirs: readonly Theirs[], ours: readonly Ours[], facts: readonly TranscriptFacts[]): readonly Pair[] {
  const key = ({ session, model }: { session: string; model: string }) => JSON.stringify([session, model]);
  const [inTheirs, inOurs, inFacts] = [byKey(theirs, key), byKey(ours, key), byKey(facts, key)];
  return [...new Set([...inTheirs.keys(), ...inOurs.keys()])].map((name) => {
    const [their, our, fact] = [inTheirs.get(name), inOurs.get(name), inFacts.get(name)];
    const { session = "", model = "" } = their ?? our ?? {};
    return { session, model, ...(their && { theirs: their }), ...(our && { ours: our }), ...(fact && { facts: fact }) };
  });
}

const byKey = <T>(all: readonly T[], key: (one: T) => string): ReadonlyMap<string, T> => new Map(all.map((one) => [key(one), one]));

export const asTheirs = ({ uncachedIn, cacheRead, cacheWrite5m, cacheWrite1h, out }: Tokens): CcusageTokens => ({
  uncachedIn,
  cacheRead,
  cacheWrite: cacheWrite5m + cacheWrite1h,
  out,
});

const isSame = ({ theirs, ours }: Pair): boolean =>
  theirs !== undefined &&
  ours !== undefined &&
  theirs.costPico === ours.costPico &&
  !theirs.isUnpriced &&
  ours.unpricedTokens === 0 &&
  minus(theirs.tokens, asTheirs(ours.tokens)).every((count) => count === 0);

/** Of each kind, in one order. */
export const minus = (one: CcusageTokens, other: CcusageTokens): readonly number[] => [
  one.uncachedIn - other.uncachedIn,
  one.cacheRead - other.cacheRead,
  one.cacheWrite - other.cacheWrite,
  one.out - other.out,
];

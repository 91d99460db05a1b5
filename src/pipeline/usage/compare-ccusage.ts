import { causeOf } from "./ccusage-cause.ts";
import { asTheirs, type Cause, minus, type Ours, type Pair, type Theirs, type TranscriptFacts } from "./ccusage-usage.ts";
import type { PriceBook } from "./price-book.ts";

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

const isSame = ({ theirs, ours }: Pair): boolean =>
  theirs !== undefined &&
  ours !== undefined &&
  theirs.costPico === ours.costPico &&
  !theirs.isUnpriced &&
  ours.unpricedTokens === 0 &&
  minus(theirs.tokens, asTheirs(ours.tokens)).every((count) => count === 0);

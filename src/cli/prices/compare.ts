import type { PicoUsd } from "../../pipeline/usage/money.ts";
import { modelNamed, type PriceBook, priceAt, type TokenPrices } from "../../pipeline/usage/price-book.ts";
import type { TheirModel } from "./litellm.ts";

/** One price that two lists do not agree on. */
export interface Difference {
  readonly model: string;
  /** As the price book calls it: `cached_input`; of a long request `cached_input_extended`. */
  readonly field: string;
  /** Of one token, or the tokens above which a request is long; undefined: no such price. */
  readonly ours: PicoUsd | undefined;
  readonly theirs: PicoUsd | undefined;
  /** Where it stands in their list. */
  readonly key: string;
}

export interface Comparison {
  readonly differences: readonly Difference[];
  /** Ours that they know, too. */
  readonly compared: readonly string[];
  /** Theirs without a price in our book at that moment. */
  readonly lackedByUs: readonly string[];
  /** Ours with a price at that moment, of vendors that their list has. */
  readonly lackedByThem: readonly string[];
}

const names: Readonly<Record<keyof TokenPrices, string>> = {
  uncachedIn: "input",
  cacheRead: "cached_input",
  cacheWrite5m: "cache_write_5m",
  cacheWrite1h: "cache_write_1h",
  out: "output",
};
const buckets = Object.keys(names) as (keyof TokenPrices)[];

/** Compares the prices of a moment, in milliseconds since the epoch. */
export function comparePrices(book: PriceBook, theirs: readonly TheirModel[], at: number): Comparison {
  const differences = new Map<string, Difference>();
  const compared = new Set<string>();
  const lackedByUs = new Set<string>();
  for (const their of theirs) {
    const model = modelNamed(book, their.name);
    const price = model && priceAt(model, at);
    if (!model || !price) {
      lackedByUs.add(their.name);
      continue;
    }
    compared.add(model.name);
    const found = [...differencesIn(price, their.prices, ""), ...longDifferences(price.long, their.long)];
    for (const each of found) {
      // Their list names a model many times: under its dates, and with its vendor in front.
      differences.set(`${model.name} ${each.field} ${each.theirs}`, { ...each, model: model.name, key: their.key });
    }
  }
  const lackedByThem = book.models.filter((model) => model.provider !== "other" && priceAt(model, at) && !compared.has(model.name));
  return {
    differences: [...differences.values()],
    compared: [...compared],
    lackedByUs: [...lackedByUs],
    lackedByThem: lackedByThem.map(({ name }) => name),
  };
}

type Found = Pick<Difference, "field" | "ours" | "theirs">;

/** What they do not say is no difference. */
const differencesIn = (ours: TokenPrices, theirs: Partial<TokenPrices>, suffix: string): readonly Found[] =>
  buckets.flatMap((bucket) => {
    const their = theirs[bucket];
    return their === undefined || their === ours[bucket] ? [] : [{ field: names[bucket] + suffix, ours: ours[bucket], theirs: their }];
  });

function longDifferences(
  ours: (TokenPrices & { readonly above: number }) | undefined,
  theirs: (Partial<TokenPrices> & { readonly above: number }) | undefined,
): readonly Found[] {
  if (!ours && !theirs) return [];
  if (!ours || !theirs) return [{ field: "input_extended", ours: ours?.uncachedIn, theirs: theirs?.uncachedIn }];
  const above = { field: "extended_above", ours: BigInt(ours.above), theirs: BigInt(theirs.above) };
  return [...(ours.above === theirs.above ? [] : [above]), ...differencesIn(ours, theirs, "_extended")];
}

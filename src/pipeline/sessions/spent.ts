import { type PicoUsd, sumOf } from "../usage/money.ts";
import type { PriceBook } from "../usage/price-book.ts";
import { toEntry } from "../usage/to-entry.ts";
import { allTokens } from "../usage/usage.ts";
import type { SessionRequest } from "./requests.ts";

/** What requests cost. */
export interface Spent {
  /** What is metered. */
  readonly meteredPico: PicoUsd;
  /** What a subscription covers, at list prices. */
  readonly coveredPico: PicoUsd;
  /** Tokens of models without a price. */
  readonly unpricedTokens: number;
}

/** Each request at the price of its day. */
export function spentOn(requests: readonly SessionRequest[], book: PriceBook): Spent {
  const entries = requests.map((request) => toEntry(request, book));
  const costs = (isMetered: boolean) =>
    sumOf(entries.filter(({ basis }) => (basis === "metered") === isMetered).map(({ costPico = 0n }) => costPico));
  const unpriced = entries.filter(({ costPico }) => costPico === undefined);
  return {
    meteredPico: costs(true),
    coveredPico: costs(false),
    unpricedTokens: unpriced.reduce((sum, { tokens }) => sum + allTokens(tokens), 0),
  };
}

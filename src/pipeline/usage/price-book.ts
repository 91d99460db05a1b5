import type { PicoUsd } from "./money.ts";
import { type Provider, type Tokens, tokensIn } from "./usage.ts";

/** Prices of one token. */
export interface TokenPrices {
  readonly uncachedIn: PicoUsd;
  readonly cacheRead: PicoUsd;
  readonly cacheWrite5m: PicoUsd;
  readonly cacheWrite1h: PicoUsd;
  /** Reasoning is part of it, at the same price. */
  readonly out: PicoUsd;
}

/** What a model cost from one day to another. */
export interface Price extends TokenPrices {
  /** Milliseconds since the epoch: from the first moment of a day (UTC) until that of another, or until now. */
  readonly from: number;
  readonly until?: number;
  /** The page that says so. */
  readonly source: string;
  /** A request with more tokens in it than `above`, cached ones too, has these prices as a whole. */
  readonly long?: TokenPrices & { readonly above: number };
  /** Through the vendor's own command-line tool: its tokens have these prices, mostly none. */
  readonly cli?: { readonly uncachedIn: PicoUsd; readonly out: PicoUsd };
}

/** How often and for how much a service may be used: a minute, hour, day and month; absent means without limit. */
export interface UsageLimits {
  readonly requests: { readonly minute?: number; readonly hour?: number; readonly day?: number; readonly month?: number };
  readonly spend: { readonly minute?: PicoUsd; readonly hour?: PicoUsd; readonly day?: PicoUsd; readonly month?: PicoUsd };
  /** From one request to the next. */
  readonly cooldownMs?: number;
}

export interface PricedModel {
  readonly name: string;
  readonly provider: Provider;
  /** Other names of it, such as dated ones. */
  readonly aliases: readonly string[];
  /** Oldest first; no two of them overlap. */
  readonly prices: readonly Price[];
  /** By the way it is asked: `api` or `cli`. */
  readonly limits: { readonly api?: UsageLimits; readonly cli?: UsageLimits };
}

/** Budgets in the shape of `thresholds` of the price book. */
export interface Threshold {
  readonly warningPico: PicoUsd;
  readonly criticalPico: PicoUsd;
}

export const budgetScopes = ["session", "pr", "hour", "day", "month"] as const;
export type BudgetScope = (typeof budgetScopes)[number];

/** `config/model-pricing.json`, read. */
export interface PriceBook {
  /** The day it was last changed: `2026-11-23`. */
  readonly lastUpdated: string;
  readonly models: readonly PricedModel[];
  /** A scope without one has no budget. */
  readonly thresholds: Partial<Readonly<Record<BudgetScope, Threshold>>>;
  /** Whether people are told when a budget is crossed. */
  readonly isAlerting: boolean;
}

/** Knows no model and no budget. */
export const emptyBook: PriceBook = { lastUpdated: "never", models: [], thresholds: {}, isAlerting: false };

export const modelNamed = (book: PriceBook, name: string): PricedModel | undefined =>
  book.models.find((model) => model.name === name || model.aliases.includes(name)) ?? withoutDate(book, name);

/**
 * Vendors append the day of a version, which has the price of its model: `claude-sonnet-4-5-20250929`, `o3-2025-04-16`, `…-latest`.
 * Claude Code appends how much context it asked for: `claude-sonnet-4-5[1m]`.
 */
function withoutDate(book: PriceBook, name: string): PricedModel | undefined {
  const plain = name.replace(/\[1m\]$/, "").replace(/[-@](?:\d{8}|\d{4}-\d{2}-\d{2}|latest)$/, "");
  return plain === name ? undefined : book.models.find((model) => model.name === plain || model.aliases.includes(plain));
}

/** The price of the request's day; vendors bill by the day in UTC. */
export const priceAt = (model: PricedModel, at: number): Price | undefined =>
  model.prices.find(({ from, until = Number.POSITIVE_INFINITY }) => from <= at && at < until);

export function costOf(tokens: Tokens, price: Price): PicoUsd {
  const prices = price.long && tokensIn(tokens) > price.long.above ? price.long : price;
  return (
    BigInt(tokens.uncachedIn) * prices.uncachedIn +
    BigInt(tokens.cacheRead) * prices.cacheRead +
    BigInt(tokens.cacheWrite5m) * prices.cacheWrite5m +
    BigInt(tokens.cacheWrite1h) * prices.cacheWrite1h +
    BigInt(tokens.out) * prices.out
  );
}

import { divideHalfEven, type PicoUsd, toPico } from "../pipeline/usage/money.ts";
import type { Price, PriceBook, PricedModel, Threshold, TokenPrices, UsageLimits } from "../pipeline/usage/price-book.ts";
import { providerOf } from "../pipeline/usage/provider-of.ts";
import type { Provider } from "../pipeline/usage/usage.ts";
import type { EarlierPrice, PriceBookFile, PricedModelEntry } from "./pricing.ts";
import type { LimitsOfOneWay } from "./usage-limits.ts";

const tokensPriced = 1_000_000n;
const usuallyLongAbove = 200_000;
const minuteMs = 60_000;

/** What a cache costs where the file does not say, in hundredths of the price of a token that is in none. */
const usualPercent: Readonly<Record<Provider, { read: bigint; write5m: bigint; write1h: bigint }>> = {
  anthropic: { read: 10n, write5m: 125n, write1h: 200n },
  openai: { read: 100n, write5m: 100n, write1h: 100n },
  google: { read: 100n, write5m: 100n, write1h: 100n },
  other: { read: 100n, write5m: 100n, write1h: 100n },
};

/** The price book of a file that the schema took. */
export function toPriceBook({
  last_updated: lastUpdated,
  prices_per_million_tokens: models,
  thresholds,
  budget_alerts: alerts,
}: PriceBookFile): PriceBook {
  const { month, ...others } = thresholds;
  const read = Object.entries(others).flatMap(([scope, usd]) =>
    usd ? [[scope, threshold(toPico(usd.warning), toPico(usd.critical))]] : [],
  );
  const cap = month && toPico(month.cap);
  return {
    lastUpdated: lastUpdated.slice(0, "yyyy-mm-dd".length),
    models: Object.entries(models).map(([name, entry]) => toModel(name, entry)),
    thresholds: {
      ...Object.fromEntries(read),
      ...(month && cap !== undefined && { month: threshold(shareOf(cap, month.alert_at_percent), cap) }),
    },
    isAlerting: alerts.enabled,
  };
}

const threshold = (warningPico: PicoUsd, criticalPico: PicoUsd): Threshold => ({ warningPico, criticalPico });

/** The percentage may have decimals. */
const shareOf = (pico: PicoUsd, percent: number): PicoUsd => divideHalfEven(pico * toPico(percent), toPico(100));

function toModel(name: string, entry: PricedModelEntry): PricedModel {
  const provider = entry.provider ?? providerOf(name) ?? "other";
  const prices = [entry, ...entry.earlier].map((range) => toPrice(range, provider));
  const { api, cli, ...flat } = entry.usage_limits ?? {};
  const ofApi = api ?? (Object.keys(flat).length > 0 ? flat : undefined);
  return {
    name,
    provider,
    aliases: entry.aliases,
    prices: prices.toSorted((one, other) => one.from - other.from),
    limits: { ...(ofApi && { api: toLimits(ofApi) }), ...(cli && { cli: toLimits(cli) }) },
  };
}

function toPrice(range: EarlierPrice, provider: Provider): Price {
  const prices = toPrices(range, provider);
  const { input_extended: longIn, output_extended: longOut, cli_input: cliIn, cli_output: cliOut } = range;
  return {
    ...prices,
    // What holds since ever begins with the epoch: no model is older.
    from: range.from === undefined ? 0 : Date.parse(range.from),
    ...(range.until !== undefined && { until: Date.parse(range.until) }),
    source: range.source ?? "",
    ...(longIn !== undefined &&
      longOut !== undefined && { long: { ...toLong(range, prices, longIn, longOut), above: range.extended_above ?? usuallyLongAbove } }),
    ...(cliIn !== undefined && cliOut !== undefined && { cli: { uncachedIn: ofOne(cliIn), out: ofOne(cliOut) } }),
  };
}

function toPrices(range: EarlierPrice, provider: Provider): TokenPrices {
  const uncachedIn = ofOne(range.input);
  const usual = usualPercent[provider];
  const or = (usd: number | undefined, percent: bigint) => (usd === undefined ? divideHalfEven(uncachedIn * percent, 100n) : ofOne(usd));
  return {
    uncachedIn,
    cacheRead: or(range.cached_input, usual.read),
    cacheWrite5m: or(range.cache_write_5m, usual.write5m),
    cacheWrite1h: or(range.cache_write_1h, usual.write1h),
    out: ofOne(range.output),
  };
}

/** Vendors raise what has to do with the cache by as much as the rest of what goes in. */
function toLong(range: EarlierPrice, short: TokenPrices, input: number, output: number): TokenPrices {
  const uncachedIn = ofOne(input);
  const or = (usd: number | undefined, price: PicoUsd) => {
    if (usd !== undefined) return ofOne(usd);
    return short.uncachedIn === 0n ? uncachedIn : divideHalfEven(price * uncachedIn, short.uncachedIn);
  };
  return {
    uncachedIn,
    cacheRead: or(range.cached_input_extended, short.cacheRead),
    cacheWrite5m: or(range.cache_write_5m_extended, short.cacheWrite5m),
    cacheWrite1h: or(range.cache_write_1h_extended, short.cacheWrite1h),
    out: ofOne(output),
  };
}

/** A price of a million tokens has at most 6 decimals, so that of one is whole. */
const ofOne = (usdOfMillion: number): PicoUsd => toPico(usdOfMillion) / tokensPriced;

function toLimits(limits: LimitsOfOneWay): UsageLimits {
  const { cooldown_minutes: cooldown } = limits;
  const requests = periods.map((period) => [period, limits[`requests_per_${period}`]] as const);
  const spend = periods.map((period) => [period, limits[`usd_per_${period}`]] as const);
  return {
    requests: Object.fromEntries(requests.filter(([, most]) => most !== undefined)),
    spend: Object.fromEntries(spend.flatMap(([period, usd]) => (usd === undefined ? [] : [[period, toPico(usd)]]))),
    ...(cooldown !== undefined && { cooldownMs: Math.round(cooldown * minuteMs) }),
  };
}

const periods = ["minute", "hour", "day", "month"] as const;

import { renderTerminal } from "../../bot/render/terminal.ts";
import { type Price, type PriceBook, type PricedModel, priceAt, type TokenPrices } from "../../pipeline/usage/price-book.ts";
import { done } from "../../reply.ts";
import { dayOf, ofMillion } from "./in-usd.ts";

/** What each model costs at a moment, in milliseconds since the epoch. */
export function printPrices(book: PriceBook, at: number, asJson: boolean): string {
  const priced = book.models.map((model) => ({ model, price: priceAt(model, at) }));
  if (asJson) return `${JSON.stringify(priced.map(toJson), undefined, 2)}\n`;
  if (priced.length === 0) return "No model has a price.\n";
  const rows = priced.flatMap(({ model, price }) => rowsOf(model, price));
  const columns = ["Model", "In", "Cached", "5 min", "1 h", "Out", "From"];
  const more = `USD for a million tokens on ${dayOf(at)} (UTC); last updated ${book.lastUpdated}.`;
  return renderTerminal(done("listed", { kind: "table", columns, rows, more }));
}

function rowsOf({ name }: PricedModel, price: Price | undefined): { cells: string[] }[] {
  if (!price) return [{ cells: [name, "", "", "", "", "", "no price on that day"] }];
  const { long } = price;
  return [
    { cells: [name, ...cellsOf(price), ...(price.from > 0 ? [dayOf(price.from)] : [])] },
    ...(long ? [{ cells: [`  above ${long.above.toLocaleString("en")} tokens in`, ...cellsOf(long)] }] : []),
  ];
}

const cellsOf = ({ uncachedIn, cacheRead, cacheWrite5m, cacheWrite1h, out }: TokenPrices): string[] =>
  [uncachedIn, cacheRead, cacheWrite5m, cacheWrite1h, out].map(ofMillion);

function toJson({ model: { name, provider, aliases }, price }: { model: PricedModel; price: Price | undefined }) {
  if (!price) return { name, provider, aliases, usdPerMillion: null };
  const { from, until, source, long } = price;
  return {
    name,
    provider,
    aliases,
    usdPerMillion: inMillions(price),
    ...(long && { usdPerMillionLong: { above: long.above, ...inMillions(long) } }),
    ...(from > 0 && { from: dayOf(from) }),
    ...(until !== undefined && { until: dayOf(until) }),
    source,
  };
}

/** Decimals as text: a program that reads them as money decides how. */
const inMillions = ({ uncachedIn, cacheRead, cacheWrite5m, cacheWrite1h, out }: TokenPrices) => ({
  input: ofMillion(uncachedIn),
  cached_input: ofMillion(cacheRead),
  cache_write_5m: ofMillion(cacheWrite5m),
  cache_write_1h: ofMillion(cacheWrite1h),
  output: ofMillion(out),
});

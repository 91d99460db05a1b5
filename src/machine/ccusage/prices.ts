import { exactUsd, type PicoUsd } from "../../pipeline/usage/money.ts";
import { modelNamed, type PriceBook, priceAt, type TokenPrices } from "../../pipeline/usage/price-book.ts";

/**
 * Settings of ccusage by which it reckons with the prices of a price book, so that what differs are counts. It knows one price of writing into a
 * cache, and one limit of long requests.
 *
 * @param at the day whose prices are taken, in milliseconds since the epoch
 */
export function ccusagePrices(models: readonly string[], book: PriceBook, at: number): object {
  const overrides = models.flatMap((name) => {
    const model = modelNamed(book, name);
    const price = model && priceAt(model, at);
    if (!price) return [];
    const long = price.long?.above === onlyLimit ? pricesIn(price.long, "Above200kTokens") : {};
    return [[name, { ...pricesIn(price, ""), ...long }] as const];
  });
  return { defaults: { offline: true, pricingOverrides: Object.fromEntries(overrides) } };
}

const onlyLimit = 200_000;

const pricesIn = ({ uncachedIn, out, cacheWrite5m, cacheRead }: TokenPrices, suffix: string) => ({
  [`inputCostPerToken${suffix}`]: asNumber(uncachedIn),
  [`outputCostPerToken${suffix}`]: asNumber(out),
  [`cacheCreationInputTokenCost${suffix}`]: asNumber(cacheWrite5m),
  [`cacheReadInputTokenCost${suffix}`]: asNumber(cacheRead),
});

const asNumber = (pico: PicoUsd): number => Number(exactUsd(pico));

import type { LedgerEntry } from "./ledger.ts";
import { type Cost, costOf, modelNamed, type PriceBook, priceAt } from "./price-book.ts";
import type { Usage } from "./usage.ts";

/** Puts the price of its day on a request. It is done once: what is in the ledger is never priced again. */
export function toEntry(usage: Usage, book: PriceBook): LedgerEntry {
  const { pico, pricedBy } = priceOf(usage, book);
  return { ...usage, pricedBy, ...(pico !== undefined && { costPico: pico }) };
}

function priceOf(usage: Usage, book: PriceBook): Cost {
  const { statedPico, sumOf } = usage;
  const stated: Cost | undefined = statedPico === undefined ? undefined : { pico: statedPico, pricedBy: "stated" };
  if (usage.basis === "free") return { pico: 0n, pricedBy: "free" };
  if (sumOf !== undefined && stated) return stated;
  const model = modelNamed(book, usage.model);
  const price = model && priceAt(model, usage.at);
  if (model && price) {
    const day = new Date(price.from).toISOString().slice(0, 10);
    return { pico: costOf(usage.tokens, price), pricedBy: `${model.name}@${day}` };
  }
  return stated ?? { pico: undefined, pricedBy: "unpriced" };
}

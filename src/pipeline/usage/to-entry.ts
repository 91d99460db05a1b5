import type { LedgerEntry } from "./ledger.ts";
import { costOf, modelNamed, type Price, type PriceBook, priceAt } from "./price-book.ts";
import { tokensIn, type Usage } from "./usage.ts";

type Priced = Pick<LedgerEntry, "costPico" | "pricedBy" | "basis">;

/** Puts the price of its day on a request. It is done once: what is in the ledger is never priced again. */
export function toEntry(usage: Usage, book: PriceBook): LedgerEntry {
  const price = priced(usage, book);
  const isPossible = price.costPico === undefined || price.costPico <= mostPico;
  return { ...usage, ...(isPossible ? price : { basis: price.basis, pricedBy: "unpriced" }) };
}

/** Databases hold no more in one row, and nobody has paid nine million dollars for one. */
const mostPico = 2n ** 63n - 1n;

function priced(usage: Usage, book: PriceBook): Priced {
  const { basis, statedPico, sumOf } = usage;
  if (basis === "free") return { basis, costPico: 0n, pricedBy: "free" };
  const stated: Priced | undefined = statedPico === undefined ? undefined : { basis, costPico: statedPico, pricedBy: "stated" };
  if (sumOf !== undefined && stated) return stated;
  const model = modelNamed(book, usage.model);
  const price = model && priceAt(model, usage.at);
  if (!model || !price) return stated ?? { basis, pricedBy: "unpriced" };

  const pricedBy = `${model.name}@${new Date(price.from).toISOString().slice(0, 10)}`;
  return price.cli && usage.service.endsWith("-cli")
    ? throughCli(usage, price.cli, pricedBy)
    : { basis, costPico: costOf(usage.tokens, price), pricedBy };
}

/** Vendors give tokens through their own command-line tool away, or sell them at a price that knows no caches. */
function throughCli({ tokens, basis }: Usage, { uncachedIn, out }: NonNullable<Price["cli"]>, pricedBy: string): Priced {
  if (uncachedIn === 0n && out === 0n) return { basis: "free", costPico: 0n, pricedBy };
  return { basis, costPico: BigInt(tokensIn(tokens)) * uncachedIn + BigInt(tokens.out) * out, pricedBy };
}

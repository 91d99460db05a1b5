import type { Ledger } from "../../pipeline/usage/ledger.ts";
import { modelNamed, type PriceBook } from "../../pipeline/usage/price-book.ts";
import { type LedgerDay, type Reconciliation, reconcile, type VendorReport } from "../../pipeline/usage/reconcile.ts";
import { allTokens, type Provider } from "../../pipeline/usage/usage.ts";

const dayMs = 24 * 60 * 60 * 1000;

export interface Days {
  /** From this day on, before that: `2026-11-01`. */
  readonly since?: string;
  readonly until?: string;
}

/** Compares the days of a report that are wanted with the ledger; undefined when there are none. */
export async function reconcileWith(
  ledger: Pick<Ledger, "sums">,
  report: VendorReport,
  { since = "", until = "~" }: Days,
  book: PriceBook,
): Promise<Reconciliation | undefined> {
  const days = report.days.filter(({ day }) => since <= day && day < until);
  const [first, last] = [
    days.map(({ day }) => day).toSorted()[0],
    days
      .map(({ day }) => day)
      .toSorted()
      .at(-1),
  ];
  if (first === undefined || last === undefined) return undefined;
  const sums = await ledger.sums({ since: Date.parse(first), until: Date.parse(last) + dayMs }, ["day", "provider", "model"], "UTC");
  const entries = sums.map(({ group: [day = "", provider, model = ""], costPico, unpricedTokens, tokens }): LedgerDay => {
    return { day, provider: provider as Provider, model, costPico, unpricedTokens, tokens: allTokens(tokens) };
  });
  return reconcile({ days, costs: report.costs }, entries, (name) => modelNamed(book, name)?.name ?? name);
}

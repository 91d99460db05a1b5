import type { Services } from "../../services.ts";
import type { Transaction } from "../records.ts";
import type { Appended, LedgerEntry, Place } from "../usage/ledger.ts";
import { toEntry } from "../usage/to-entry.ts";
import type { Usage } from "../usage/usage.ts";
import { touchNow } from "./touch.ts";
import { touchedBy } from "./touched-by.ts";

/**
 * Writes requests into the ledger at the price of their day, and has the budgets looked at that they count against. It is the one way in.
 *
 * @returns what became of each, in their order
 */
export async function recordUsage(
  tx: Transaction,
  usages: readonly Usage[],
  { priceBook, money, timings, now }: Pick<Services, "priceBook" | "money" | "timings" | "now">,
): Promise<readonly Appended[]> {
  const entries = usages.map((usage) => toEntry(usage, priceBook));
  const moved: Place[] = [];
  const results = await tx.ledger.append(entries, (places) => moved.push(...places));
  const changed = entries.filter((_, index) => results[index] !== "known");
  await touchBudgets(tx, changed, { money, timings, now }, moved);
  return results;
}

/** What is spent without a request of its own, as by a reservation that ran out. */
export const touchBudgets = (
  tx: Transaction,
  changed: readonly LedgerEntry[],
  services: Pick<Services, "money" | "timings" | "now">,
  moved?: readonly Place[],
): Promise<void> => touchNow(tx, touchedBy(changed, services.money.zone, services.now(), moved), services);

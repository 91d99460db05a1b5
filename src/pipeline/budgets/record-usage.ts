import type { Services } from "../../services.ts";
import type { Transaction } from "../records.ts";
import type { Appended, Place } from "../usage/ledger.ts";
import { toEntry } from "../usage/to-entry.ts";
import type { Usage } from "../usage/usage.ts";
import { giveWay } from "./expire.ts";
import { touchBudgets } from "./touch.ts";

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
  const reservations = new Set(changed.flatMap(({ reservation }) => reservation ?? []));
  for (const id of reservations) await giveWay(tx, id, { priceBook, money, timings, now });
  return results;
}

import type { LedgerEntry } from "../usage/ledger.ts";
import type { Touched } from "./book.ts";
import { keyOf, periodKeyOf, type Subject, subjectsOf } from "./budget.ts";
import { periodOf } from "./period.ts";

/** Periods that ended longer ago are history: an import of old files looks at none of them. */
const historyMs = 35 * 24 * 60 * 60_000;
const quarterMs = 15 * 60_000;

/** The budgets that requests count against, each once. Only what is metered counts; a model without a price is looked at, too. */
export function touchedBy(entries: readonly LedgerEntry[], zone: string, now: number): readonly Touched[] {
  const found = new Map<string, Touched>();
  const note = (touched: Touched) => void found.set(`${touched.key} ${touched.period}`, touched);
  const spans = new Map<number, readonly Subject[]>();
  for (const { basis, costPico, at, model, session, repository, pullRequest } of entries) {
    if (now - at > historyMs) continue;
    if (costPico === undefined) note(unpriced(model, at, zone));
    if (basis !== "metered") continue;
    // No zone's clocks change, and no period begins, within a quarter of an hour that the clock counts.
    const quarter = Math.floor(at / quarterMs);
    const inTime = spans.get(quarter) ?? subjectsOf({}, at, zone);
    spans.set(quarter, inTime);
    const own = subjectsOf(
      {
        ...(session !== undefined && { session }),
        ...(repository !== undefined && { repository }),
        ...(pullRequest !== undefined && { pullRequest }),
      },
      at,
      zone,
    ).filter(({ scope }) => scope === "session" || scope === "pr");
    for (const subject of [...own, ...inTime]) note({ key: keyOf(subject), period: periodKeyOf(subject), subject });
  }
  return [...found.values()];
}

function unpriced(model: string, at: number, zone: string): Touched {
  return { key: `unpriced:${model}`, period: periodOf("month", at, zone).key, subject: { scope: "unpriced", model } };
}

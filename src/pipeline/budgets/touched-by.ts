import type { LedgerEntry } from "../usage/ledger.ts";
import type { Touched } from "./book.ts";
import { keyOf, ownSubjects, periodKeyOf, type Subject, spansAt } from "./budget.ts";

/** Periods that ended longer ago are history: an import of old files looks at none of them. */
const historyMs = 35 * 24 * 60 * 60_000;
const quarterMs = 15 * 60_000;

/** The budgets that requests count against, each once. Only what is metered counts; a model without a price is looked at, too. */
export function touchedBy(entries: readonly LedgerEntry[], zone: string, now: number): readonly Touched[] {
  const found = new Map<string, Touched>();
  const note = (touched: Touched) => void found.set(`${touched.key} ${touched.period}`, touched);
  const noteSubject = (subject: Subject) => note({ key: keyOf(subject), period: periodKeyOf(subject), subject });
  const spans = new Map<number, ReturnType<typeof spansAt>>();
  for (const entry of entries) {
    const { basis, costPico, at, model } = entry;
    if (now - at > historyMs) continue;
    // Working periods out is slow; no period begins within a quarter of an hour.
    const quarter = Math.floor(at / quarterMs);
    const inTime = spans.get(quarter) ?? spansAt(at, zone);
    spans.set(quarter, inTime);
    const month = inTime.find(({ scope }) => scope === "month")?.period.key ?? "";
    if (costPico === undefined) note({ key: `unpriced:${model}`, period: month, subject: { scope: "unpriced", model } });
    if (basis === "metered") for (const subject of [...ownSubjects(entry), ...inTime]) noteSubject(subject);
  }
  return [...found.values()];
}

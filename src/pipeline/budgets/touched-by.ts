import type { LedgerEntry, Place } from "../usage/ledger.ts";
import type { Touched } from "./book.ts";
import { keyOf, ownSubjects, periodKeyOf, type Subject, spansAt } from "./budget.ts";

/** Periods that ended longer ago are history: an import of old files looks at none of them. */
const historyMs = 35 * 24 * 60 * 60_000;
const quarterMs = 15 * 60_000;

/**
 * The budgets that requests count against, each once. Only what is metered counts; a model without a price is looked at, too.
 *
 * @param moved other places, where something counts now or no more
 */
export function touchedBy(entries: readonly LedgerEntry[], zone: string, now: number, moved: readonly Place[] = []): readonly Touched[] {
  const found = new Map<string, Touched>();
  const note = (touched: Touched) => void found.set(`${touched.key} ${touched.period}`, touched);
  const noteSubject = (subject: Subject) => note({ key: keyOf(subject), period: periodKeyOf(subject), subject });
  const spans = new Map<number, ReturnType<typeof spansAt>>();
  // Working periods out is slow; no period begins within a quarter of an hour.
  const spansOf = (at: number) => {
    const quarter = Math.floor(at / quarterMs);
    const inTime = spans.get(quarter) ?? spansAt(at, zone);
    spans.set(quarter, inTime);
    return inTime;
  };
  const isRecent = ({ at }: Place) => now - at <= historyMs;
  for (const place of [...entries, ...moved].filter(isRecent))
    if (place.basis === "metered") for (const subject of [...ownSubjects(place), ...spansOf(place.at)]) noteSubject(subject);
  for (const { model, at } of entries.filter((entry) => isRecent(entry) && entry.costPico === undefined)) {
    const month = spansOf(at).find(({ scope }) => scope === "month")?.period.key ?? "";
    note({ key: `unpriced:${model}`, period: month, subject: { scope: "unpriced", model } });
  }
  return [...found.values()];
}

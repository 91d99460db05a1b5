import { periodBefore as calendarBefore, periodOf } from "../budgets/period.ts";

/** A span of time, in milliseconds since the epoch: from `since` on, before `until`. */
export interface Period {
  readonly since: number;
  readonly until: number;
}

/** The newest week that is over by then. */
export function closedWeek(now: number, zone: string): Period {
  const { start, end } = calendarBefore("week", periodOf("week", now, zone), zone);
  return { since: start, until: end };
}

/** The one that ends where this one begins, as long on the calendar: a week before a week, whatever the clocks did, and a month before a month. */
export function periodBefore({ since, until }: Period, zone: string): Period {
  const [from, to] = [since, until].map((at) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)) as [
    Temporal.ZonedDateTime,
    Temporal.ZonedDateTime,
  ];
  return { since: from.subtract(from.until(to, { largestUnit: "months" })).epochMilliseconds, until: since };
}

/** The last days on the clocks of the zone, today among them, as far as it has come. */
export function lastDays(days: number, now: number, zone: string): Period {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
  return { since: today.subtract({ days: days - 1 }).toZonedDateTime({ timeZone: zone }).epochMilliseconds, until: now };
}

/** `16–22 November 2026`, of whole days. */
export function periodInWords({ since, until }: Period, zone: string): string {
  const first = Temporal.Instant.fromEpochMilliseconds(since).toZonedDateTimeISO(zone).toPlainDate();
  const last = Temporal.Instant.fromEpochMilliseconds(until - 1)
    .toZonedDateTimeISO(zone)
    .toPlainDate();
  const end = `${last.day} ${monthName(last)} ${last.year}`;
  if (first.equals(last)) return end;
  if (first.year !== last.year) return `${first.day} ${monthName(first)} ${first.year} – ${end}`;
  return first.month === last.month ? `${first.day}–${end}` : `${first.day} ${monthName(first)} – ${end}`;
}

const monthName = (day: Temporal.PlainDate): string => day.toLocaleString("en-GB", { month: "long" });

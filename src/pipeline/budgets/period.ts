export const periodScopes = ["minute", "hour", "day", "week", "month"] as const;
export type PeriodScope = (typeof periodScopes)[number];

export interface Period {
  /** Names it for ever: `day:2026-11-22T23:00:00Z`. */
  readonly key: string;
  /** Its first millisecond, and the first of the next one, since the epoch. */
  readonly start: number;
  readonly end: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/**
 * The period that a moment is in, on the clocks of a zone: weeks begin on Monday, months on the 1st, and a day on which the clocks change has
 * 23 or 25 hours. Periods follow each other without gap or overlap.
 *
 * @param at milliseconds since the epoch
 * @param zone an IANA name
 */
export function periodOf(scope: PeriodScope, at: number, zone: string): Period {
  const moment = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const { start, end } =
    scope === "minute" || scope === "hour" ? ofClock(moment, scope === "hour" ? hourMs : minuteMs) : ofDays(moment, scope);
  return { key: `${scope}:${new Date(start).toISOString().replace(".000Z", "Z")}`, start, end };
}

/** The period before another one. */
export const periodBefore = (scope: PeriodScope, period: Period, zone: string): Period => periodOf(scope, period.start - 1, zone);

/** Where the clocks change within an hour, as by half an hour, that hour ends there and another one begins. */
function ofClock(moment: Temporal.ZonedDateTime, lengthMs: number): { start: number; end: number } {
  const offsetMs = moment.offsetNanoseconds / 1_000_000;
  const start = Math.floor((moment.epochMilliseconds + offsetMs) / lengthMs) * lengthMs - offsetMs;
  // "previous" is before the moment, and what changes at this very moment counts.
  const changed = moment.add({ milliseconds: 1 }).getTimeZoneTransition("previous")?.epochMilliseconds ?? start;
  const changes = moment.getTimeZoneTransition("next")?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
  return { start: Math.max(start, changed), end: Math.min(start + lengthMs, changes) };
}

function ofDays(moment: Temporal.ZonedDateTime, scope: "day" | "week" | "month"): { start: number; end: number } {
  const today = moment.toPlainDate();
  const first = scope === "day" ? today : scope === "week" ? today.subtract({ days: today.dayOfWeek - 1 }) : today.with({ day: 1 });
  const next = first.add(scope === "day" ? { days: 1 } : scope === "week" ? { weeks: 1 } : { months: 1 });
  const begins = (date: Temporal.PlainDate) => date.toZonedDateTime({ timeZone: moment.timeZoneId }).epochMilliseconds;
  return { start: begins(first), end: begins(next) };
}

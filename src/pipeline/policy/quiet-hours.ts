import { type QuietWindow, weekdays } from "./rule.ts";

const weekMs = 7 * 24 * 60 * 60_000;
const hourMs = 60 * 60_000;

/**
 * When the quiet that reigns now ends: the windows are wall-clock times in their zones, so that a night in which the clocks change is an
 * hour shorter or longer.
 *
 * @param now milliseconds since the epoch, as is what it gives; undefined when it is not quiet
 */
export function quietUntil(windows: readonly QuietWindow[], now: number): number | undefined {
  let until = now;
  // Windows repeat by the week, of which one has an hour more; the settings leave no quiet that lasts for ever.
  while (until - now <= weekMs + hourMs) {
    const end = Math.max(until, ...windows.map((window) => endOf(window, until) ?? until));
    if (end === until) break;
    until = end;
  }
  return until === now ? undefined : until;
}

/** Whether no moment is left in which anything could be told. */
export function isEndless(windows: readonly QuietWindow[]): boolean {
  const monday = Date.parse("2026-01-12T00:00:00Z");
  return (quietUntil(windows, monday) ?? monday) - monday > weekMs;
}

/** The end of this window where it is open at that moment; it may have begun yesterday. */
function endOf({ from, to, zone, days = weekdays }: QuietWindow, at: number): number | undefined {
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
  const ends = [today.subtract({ days: 1 }), today].map((day) => {
    const weekday = weekdays[day.dayOfWeek - 1];
    if (weekday === undefined || !days.includes(weekday)) return undefined;
    const begins = onClock(day, from, zone);
    const lasts =
      to <= from
        ? onClock(day.add({ days: 1 }), to, zone)
        : to === "24:00"
          ? onClock(day.add({ days: 1 }), "00:00", zone)
          : onClock(day, to, zone);
    return begins <= at && at < lasts ? lasts : undefined;
  });
  return ends.reduce((latest, end) => (end === undefined ? latest : Math.max(latest ?? end, end)), undefined);
}

const onClock = (day: Temporal.PlainDate, time: string, timeZone: string): number =>
  day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds;

export interface Day {
  /** `2026-11-23` */
  readonly day: string;
  /** Its first millisecond, and the first of the next day, since the epoch. */
  readonly from: number;
  readonly to: number;
}

/** The days on the clocks of a zone that a span of time touches, from `since` on and before `until`, both in milliseconds since the epoch. */
export function daysIn(since: number, until: number, zone: string): readonly Day[] {
  const days: Day[] = [];
  let day = Temporal.Instant.fromEpochMilliseconds(since).toZonedDateTimeISO(zone).startOfDay();
  while (day.epochMilliseconds < until) {
    const next = day.toPlainDate().add({ days: 1 }).toZonedDateTime({ timeZone: zone });
    days.push({ day: day.toPlainDate().toString(), from: day.epochMilliseconds, to: next.epochMilliseconds });
    day = next;
  }
  return days;
}

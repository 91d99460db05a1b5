/** Tomorrow begins at nine, on the clock of that zone, whatever its clocks do in between. All times are milliseconds since the epoch. */
export function tomorrowAtNine(now: number, zone: string): number {
  const day = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate().add({ days: 1 });
  return day.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from("09:00") }).epochMilliseconds;
}

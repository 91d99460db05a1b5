/** A moment (milliseconds since the epoch) as a person reads it in that zone: `2026-03-29 08:00 Europe/Berlin`. */
export function atTime(at: number, zone = "UTC"): string {
  const { year, month, day, hour, minute } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)} ${zone}`;
}

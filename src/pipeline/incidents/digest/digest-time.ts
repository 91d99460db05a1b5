import { type DigestTime, weekdays } from "../../policy/rule.ts";

/** One digest: the day and time on the clock there, which name it, and when that is in milliseconds since the epoch. */
export interface DigestMoment {
  /** `2026-11-23` */
  readonly date: string;
  readonly at: number;
}

const aWeek = 7;

/** The newest that is due by then. */
export const lastDigest = (time: DigestTime, now: number): DigestMoment | undefined =>
  around(time, now)
    .filter(({ at }) => at <= now)
    .at(-1);

/** The first that is due after that. */
export const nextDigest = (time: DigestTime, now: number): DigestMoment | undefined => around(time, now).find(({ at }) => at > now);

/** Those of the week before and after. A time that the clock skips comes as much later as it skips; of one that comes twice it is the first. */
function around({ at, zone, days = weekdays }: DigestTime, now: number): readonly DigestMoment[] {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
  const plainTime = Temporal.PlainTime.from(at);
  return Array.from({ length: 2 * aWeek + 1 }, (_, index) => today.add({ days: index - aWeek }))
    .filter(({ dayOfWeek }) => days.some((day) => weekdays.indexOf(day) === dayOfWeek - 1))
    .map((day) => ({ date: day.toString(), at: day.toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds }));
}

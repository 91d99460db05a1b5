import { momentOf, parseWhen } from "../../commands/audit/when.ts";
import { UserError } from "../../errors.ts";

/** From `since` on, before `until`, in milliseconds since the epoch. */
export interface Span {
  readonly since: number;
  readonly until: number;
}

export interface AskedSpan {
  readonly days: number;
  readonly since?: string;
  readonly until?: string;
}

const dayMs = 24 * 3_600_000;

/**
 * The last so many days of 24 hours, or what `since` and `until` say; a day begins and ends on the clocks of the zone.
 *
 * @throws UserError (invalid)
 */
export function toSpan({ days, since, until }: AskedSpan, zone: string, now: number): Span {
  const end = until === undefined ? now : momentOf(parseWhen("--until", until), now, "end", zone);
  const begin = since === undefined ? end - days * dayMs : momentOf(parseWhen("--since", since), now, "begin", zone);
  if (begin >= end) throw new UserError("invalid", "bad_time", "--since has to lie before --until.");
  return { since: begin, until: end };
}

/** The span of the same length before it. */
export const before = ({ since, until }: Span): Span => ({ since: since - (until - since), until: since });

/** `2026-11-16 10:00 to 2026-11-23 10:00 (UTC)` */
export function spanInWords({ since, until }: Span, zone: string): string {
  return `${momentInZone(since, zone)} to ${momentInZone(until, zone)} (${zone})`;
}

export const momentInZone = (at: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: "minute" })
    .replace("T", " ");

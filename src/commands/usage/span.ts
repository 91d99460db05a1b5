import { UserError } from "../../errors.ts";
import { type Period as CalendarPeriod, periodOf } from "../../pipeline/budgets/period.ts";
import { lastDays, type Period } from "../../pipeline/reports/period.ts";
import { atTime } from "../at-time.ts";
import { momentOf, parseWhen, type When } from "../audit/when.ts";
import type { Arguments } from "../grammar/arguments.ts";

const usualDays = 7;
const mostDays = 366;

/** The time that a person asks about, before it is known when that is. */
export type Span =
  | { readonly kind: "days"; readonly days: number }
  | { readonly kind: "month" }
  | { readonly kind: "between"; readonly since?: When; readonly until?: When };

/** What it comes to: in a query, and in words. */
export interface Asked {
  readonly query: Partial<Period>;
  readonly words: string;
  /** The month that it is, where that was asked for. */
  readonly month?: CalendarPeriod;
}

export const usualSpan: Span = { kind: "days", days: usualDays };

/** Takes days, since and until out of the arguments; undefined where none is there. Throws UserError (invalid). */
export function takeSpan(args: Arguments): Span | undefined {
  const [days, since, until] = [args.pair("days"), args.pair("since"), args.pair("until")];
  if (days !== undefined && (since ?? until) !== undefined)
    throw new UserError("invalid", "two_spans", "It is either days= or since= and until=.");
  if (days !== undefined) return { kind: "days", days: toDays(days) };
  if (since === "month" && until === undefined) return { kind: "month" };
  if ((since ?? until) === undefined) return undefined;
  return {
    kind: "between",
    ...(since !== undefined && { since: parseWhen("since", since) }),
    ...(until !== undefined && { until: parseWhen("until", until) }),
  };
}

function toDays(typed: string): number {
  const days = /^\d{1,4}$/.test(typed) ? Number(typed) : 0;
  if (days > 0 && days <= mostDays) return days;
  throw new UserError("invalid", "bad_value", `“${typed.slice(0, 60)}” is no number of days: it is a whole number from 1 to ${mostDays}.`);
}

/** @param span undefined for all that is known */
export function askedFor(span: Span | undefined, now: number, zone: string): Asked {
  if (span === undefined) return { query: {}, words: "in all" };
  if (span.kind === "days") {
    const { since } = lastDays(span.days, now, zone);
    return { query: { since }, words: span.days === 1 ? "today" : `in the last ${span.days} days` };
  }
  if (span.kind === "month") {
    const month = periodOf("month", now, zone);
    return { query: { since: month.start }, words: "this month", month };
  }
  const since = span.since && momentOf(span.since, now, "begin", zone);
  const until = span.until && momentOf(span.until, now, "end", zone);
  if (since !== undefined && until !== undefined && since >= until)
    throw new UserError("invalid", "empty_span", "Nothing lies between since and until: since is the earlier one.");
  const words = [since === undefined ? [] : [`from ${atTime(since, zone)}`], until === undefined ? [] : [`until ${atTime(until, zone)}`]];
  return { query: { ...(since !== undefined && { since }), ...(until !== undefined && { until }) }, words: words.flat().join(" ") };
}

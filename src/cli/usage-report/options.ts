import { InvalidArgumentError } from "commander";
import { type PicoUsd, parseUsd } from "../../pipeline/usage/money.ts";

export type Format = "table" | "json" | "csv" | "html";
export const formats = ["table", "json", "csv", "html"] as const satisfies readonly Format[];

/** Minutes that a session saves: low, mid and high. */
export type MinutesSaved = readonly [number, number, number];

const mostDays = 3_660;

export function toDays(typed: string): number {
  const days = Number(typed);
  if (/^\d{1,4}$/.test(typed) && days >= 1 && days <= mostDays) return days;
  throw new InvalidArgumentError(`It is a whole number from 1 to ${mostDays}.`);
}

export function toLimit(typed: string): number {
  if (/^[1-9]\d{0,8}$/.test(typed)) return Number(typed);
  throw new InvalidArgumentError("It is a whole number from 1 on.");
}

export function toZone(typed: string): string {
  // Offsets such as +02:00 are understood by the clock, but know no summer time.
  if (/^[A-Za-z]/.test(typed)) {
    try {
      return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(typed).timeZoneId;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  throw new InvalidArgumentError("It is an IANA time zone, such as Europe/Berlin.");
}

export function toHourlyRate(typed: string): PicoUsd {
  const pico = parseUsd(typed);
  if (pico !== undefined && pico >= 0n) return pico;
  throw new InvalidArgumentError("It is an amount of US dollars, such as 120.");
}

export function toMinutes(typed: string): MinutesSaved {
  const [low, mid, high, ...more] = typed.split(",").map((each) => (/^ *\d{1,4} *$/.test(each) ? Number(each) : Number.NaN));
  if (more.length === 0 && low !== undefined && mid !== undefined && high !== undefined && low <= mid && mid <= high)
    return [low, mid, high];
  throw new InvalidArgumentError("They are three whole numbers, the lowest first: 10,30,45.");
}

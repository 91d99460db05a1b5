import { type PicoUsd, toPico } from "../money.ts";

/** An object of JSON that others wrote, looked at field by field. */
export type Fields = Readonly<Record<string, unknown>>;

const mostCharacters = 100;
/** Before it there was nothing to be billed for; what is told of later than tomorrow comes from a broken clock. */
const firstAt = Date.UTC(2020, 0, 1);
const dayMs = 24 * 60 * 60_000;
/** Of one request or session: more is a mistake that would void every budget. */
const mostUsd = 1_000_000;

const written = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(?:(Z)|([+-]\d\d):?(\d\d))?$/;

export const fieldsOf = (value: unknown): Fields | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;

/** @returns the name of a session, a model or a person, or undefined where it is none that can be shown */
export function nameOf(value: unknown): string | undefined {
  if (typeof value !== "string" || value === "" || value.length > mostCharacters) return undefined;
  return /[\p{Cc}\p{Cs}\u2028\u2029]/u.test(value) ? undefined : value;
}

/** @returns milliseconds since the epoch; without a zone it is UTC; undefined where it is no time, or none that can be */
export function instantOf(value: unknown, now: number): number | undefined {
  const [, day, time, , hours, minutes] = (typeof value === "string" && value.length < 50 && written.exec(value)) || [];
  if (day === undefined) return undefined;
  const at = Date.parse(`${day}T${time}${hours === undefined ? "Z" : `${hours}:${minutes}`}`);
  return at >= firstAt && at <= now + dayMs ? at : undefined;
}

/** @returns what a source says that it cost; undefined where it says nothing that can be, or nothing at all was paid for tokens */
export function statedPicoOf(value: unknown): PicoUsd | undefined {
  if (typeof value !== "number" || !(value > 0) || value > mostUsd) return undefined;
  return toPico(value);
}

/** @returns a count of tokens, 0 where it is left out, or undefined where it is none */
export function countOf(value: unknown, most: number): number | undefined {
  if (value === undefined || value === null) return 0;
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= most ? value : undefined;
}

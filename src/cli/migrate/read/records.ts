import { type Fields, fieldsOf, instantOf } from "../../../pipeline/usage/import/fields.ts";

/** What a file holds, looked at without trust: older versions of the pipeline wrote the same thing under different names. */
export interface Records<T> {
  readonly read: readonly T[];
  /** A sentence for each that cannot be understood. */
  readonly problems: readonly string[];
}

/** Reads the objects of a list, each on its own. */
export function readEach<T>(list: readonly unknown[], toRecord: (fields: Fields, index: number) => T | string): Records<T> {
  const read: T[] = [];
  const problems: string[] = [];
  for (const [index, item] of list.entries()) {
    const fields = fieldsOf(item);
    const record = fields ? toRecord(fields, index) : "it is no object";
    if (typeof record === "string") problems.push(`entry ${index + 1}: ${record}`);
    else read.push(record);
  }
  return { read, problems };
}

/** The first of some keys that holds text, in one line. */
export function textAt(fields: Fields, keys: readonly string[], longest: number): string | undefined {
  const found = keys.map((key) => fields[key]).find((value) => typeof value === "string" && value.trim() !== "");
  return typeof found === "string" ? found.replace(/\s+/g, " ").trim().slice(0, longest) : undefined;
}

const timeKeys = ["timestamp", "at", "time", "date", "last_failure", "last_seen", "updated_at"];

/** @returns milliseconds since the epoch; numbers are seconds or milliseconds since then */
export function timeAt(fields: Fields, now: number, keys: readonly string[] = timeKeys): number | undefined {
  for (const key of keys) {
    const at = timeOf(fields[key], now);
    if (at !== undefined) return at;
  }
  return undefined;
}

const millisecondsFrom = 10 ** 11;

function timeOf(value: unknown, now: number): number | undefined {
  if (typeof value !== "number") return instantOf(value, now);
  if (!Number.isFinite(value) || value <= 0) return undefined;
  return instantOf(new Date(value < millisecondsFrom ? value * 1000 : value).toISOString(), now);
}

/** A count under the first of some keys that holds one. */
export function countAt(fields: Fields, keys: readonly string[]): number | undefined {
  const found = keys.map((key) => fields[key]).find((value) => Number.isSafeInteger(value) && Number(value) >= 0);
  return found === undefined ? undefined : Number(found);
}

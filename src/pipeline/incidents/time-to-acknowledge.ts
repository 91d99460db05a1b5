import type { Transition } from "./incident.ts";

/** How long it took from its beginning until somebody had it; undefined where nobody took it. */
export function timeToAcknowledge(timeline: readonly Transition[]): number | undefined {
  const [first] = timeline;
  const taken = timeline.find(({ kind }) => kind === "acknowledged");
  return first && taken && taken.at - first.at;
}

/** How fast incidents were taken. What nobody took has no time, and is counted apart. */
export interface Acknowledged {
  readonly of: number;
  readonly never: number;
  /** Absent where none was taken, as is the next. */
  readonly p50?: number;
  readonly p90?: number;
}

/** @param times of each incident, undefined for what nobody took */
export function acknowledgedIn(times: readonly (number | undefined)[]): Acknowledged {
  const known = times.filter((time) => time !== undefined);
  const [p50, p90] = [percentile(known, 50), percentile(known, 90)];
  const counts = { of: times.length, never: times.length - known.length };
  return p50 === undefined || p90 === undefined ? counts : { ...counts, p50, p90 };
}

/** By nearest rank: the least of the values that at least so many percent do not exceed. Always one of them; undefined for none. */
export function percentile(values: readonly number[], percent: number): number | undefined {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(Math.ceil((percent * sorted.length) / 100), 1) - 1];
}

import type { PicoUsd } from "../usage/money.ts";
import { divideHalfEven } from "../usage/money.ts";
import type { Period } from "./period.ts";

const fewestSessions = 5;
const leastPartOfPeriod = 10n;

/** What a period will have cost at its end; or why that cannot be told yet. */
export type Forecast =
  | { readonly isKnown: true; readonly pico: PicoUsd }
  | { readonly isKnown: false; readonly because: "too_early" | "too_few_sessions" };

/** As it went on so far: from a tenth of the period on, and with five sessions in it. */
export function forecastOf(spentPico: PicoUsd, sessions: number, { since, until }: Period, now: number): Forecast {
  const [elapsed, whole] = [BigInt(Math.min(now, until) - since), BigInt(until - since)];
  if (elapsed <= 0n || elapsed * leastPartOfPeriod < whole) return { isKnown: false, because: "too_early" };
  if (sessions < fewestSessions) return { isKnown: false, because: "too_few_sessions" };
  return { isKnown: true, pico: divideHalfEven(spentPico * whole, elapsed) };
}

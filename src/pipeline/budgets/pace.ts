import type { PicoUsd } from "../usage/money.ts";
import type { Period } from "./period.ts";

const hourMs = 60 * 60_000;
const minuteMs = 60_000;

/** A guess needs so much of the period behind it, and so many sessions. */
const leastShare = 10n;
export const leastSessions = 5;

/** What will have been spent at the period's end if it goes on as until now; undefined where it is too early to say. */
export function forecast(spent: PicoUsd, sessions: number, { start, end }: Period, now: number): PicoUsd | undefined {
  const elapsed = BigInt(Math.min(now, end) - start);
  const whole = BigInt(end - start);
  if (elapsed <= 0n || elapsed * leastShare < whole || sessions < leastSessions) return undefined;
  return (spent * whole) / elapsed;
}

/** Both windows must burn: the long one says that it matters, the short one that it goes on (https://sre.google/workbook/alerting-on-slos/). */
export const burnWindows = [
  { longMs: hourMs, shortMs: 5 * minuteMs, factor: 144n },
  { longMs: 6 * hourMs, shortMs: 30 * minuteMs, factor: 60n },
] as const;

/** Below this in the short window nobody is told. */
const floorPico: PicoUsd = 1_000_000_000_000n;

/**
 * How many times faster than the budget lasts money is spent, in tenths, where that is worth telling.
 *
 * @param spentIn what was spent in the last so many milliseconds
 */
export function burnRate(
  spentIn: ReadonlyMap<number, PicoUsd>,
  budget: PicoUsd,
  { start, end }: Period,
): { readonly tenths: bigint; readonly longMs: number; readonly spentPico: PicoUsd } | undefined {
  if (budget <= 0n) return undefined;
  const tenthsIn = (windowMs: number) => ((spentIn.get(windowMs) ?? 0n) * BigInt(end - start) * 10n) / (budget * BigInt(windowMs));
  const window = burnWindows.find(
    ({ longMs, shortMs, factor }) => (spentIn.get(shortMs) ?? 0n) >= floorPico && tenthsIn(longMs) >= factor && tenthsIn(shortMs) >= factor,
  );
  return window && { tenths: tenthsIn(window.longMs), longMs: window.longMs, spentPico: spentIn.get(window.longMs) ?? 0n };
}

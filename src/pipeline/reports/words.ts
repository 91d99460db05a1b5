import { divideHalfEven, type PicoUsd, showUsd } from "../usage/money.ts";

/**
 * A part of a whole as a percentage, rounded half to even: `97.4 %`. What is something is never shown as nothing, nor what is less as all.
 *
 * @returns undefined where there is no whole
 */
export function showShare(part: number | bigint, whole: number | bigint): string | undefined {
  const [some, all] = [BigInt(part), BigInt(whole)];
  if (all <= 0n) return undefined;
  if (some === all) return "100 %";
  const tenths = divideHalfEven(some * 1000n, all);
  if (tenths === 0n) return some === 0n ? "0 %" : "<0.1 %";
  return tenths === 1000n ? ">99.9 %" : `${tenths / 10n}.${tenths % 10n} %`;
}

/** How many times as much, with one decimal, rounded half to even: `13.1`; undefined where there is nothing to compare with. */
export function showTimes(value: PicoUsd, than: PicoUsd): string | undefined {
  if (than <= 0n) return undefined;
  const tenths = divideHalfEven(value * 10n, than);
  return tenths === 0n && value > 0n ? "<0.1" : `${tenths / 10n}.${tenths % 10n}`;
}

/** `$5.00 more`, `$1.20 less`, `as much`; with its share of what was: `$5.00 more (+14.1 %)`. */
export function changeInWords(now: PicoUsd, before: PicoUsd): string {
  if (now === before) return "as much";
  const isMore = now > before;
  const change = isMore ? now - before : before - now;
  const share = before > 0n ? ` (${isMore ? "+" : "-"}${percentOf(change, before)})` : "";
  return `${showUsd(change)} ${isMore ? "more" : "less"}${share}`;
}

function percentOf(change: PicoUsd, before: PicoUsd): string {
  const share = showShare(change, before) ?? "";
  if (change < before) return share;
  return `${new Intl.NumberFormat("en-US").format(divideHalfEven(change * 100n, before))} %`;
}

const whole = new Intl.NumberFormat("en-US");
const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1, roundingMode: "halfEven" });

/** `1,234` */
export const countInWords = (count: number): string => whole.format(count);

/** `1.2M` */
export const tokensInWords = (count: number): string => compact.format(count);

/** `1 session`, `1,234 sessions` */
export const counted = (count: number, one: string, many = `${one}s`): string => `${countInWords(count)} ${count === 1 ? one : many}`;

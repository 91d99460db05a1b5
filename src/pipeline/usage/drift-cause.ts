import { divideHalfEven, type PicoUsd, sumOf } from "./money.ts";

/**
 * Why vendor and ledger differ, as far as their numbers tell.
 *
 * - `rounding`: by less than a cent
 * - `unpriced`: the ledger has tokens without a price
 * - `only_at_vendor`: nothing metered is in the ledger: other people, keys or tools
 * - `not_billed`: used by a subscription or for free, and not on the bill
 * - `not_final`: the report's last day, of which the vendor has not billed everything yet
 * - `only_here`: the vendor billed nothing of it: another account pays, or it is a subscription
 * - `price`: the vendor's is the same share of ours on every day: another price, or a discount
 * - `long_context`, `cache`, `batch`: no more than what the vendor billed for such tokens
 * - `more_at_vendor`, `more_here`: none of these
 */
export type Cause =
  | "rounding"
  | "unpriced"
  | "only_at_vendor"
  | "not_billed"
  | "not_final"
  | "only_here"
  | "price"
  | "long_context"
  | "cache"
  | "batch"
  | "more_at_vendor"
  | "more_here";

/** One model on one day. */
export interface SettledDay {
  readonly billedPico: PicoUsd;
  readonly ledgerPico: PicoUsd;
  readonly tokens: number;
  readonly unpricedTokens: number;
  /** Of what was billed: for requests with long context, for reading and writing caches, and in batches. */
  readonly longPico: PicoUsd;
  readonly cachePico: PicoUsd;
  readonly batchPico: PicoUsd;
}

/** The vendor's price as a share of ours: `billed / ledger`. */
export interface Factor {
  readonly billed: PicoUsd;
  readonly ledger: PicoUsd;
  readonly inTenThousandths: bigint;
}

const cent = 10n ** 10n;
/** One day with another price may be anything. */
const fewestDays = 2;

const sizeOf = (pico: PicoUsd): PicoUsd => (pico < 0n ? -pico : pico);
const driftOf = ({ billedPico, ledgerPico }: SettledDay): PicoUsd => billedPico - ledgerPico;

/** @returns the share that all of the days have in common, to the cent; undefined where they have none, or agree */
export function factorOf(days: readonly SettledDay[]): Factor | undefined {
  const both = days.filter(({ billedPico, ledgerPico, unpricedTokens }) => billedPico > 0n && ledgerPico > 0n && unpricedTokens === 0);
  if (both.filter((day) => sizeOf(driftOf(day)) >= cent).length < fewestDays) return undefined;
  const billed = sumOf(both.map(({ billedPico }) => billedPico));
  const ledger = sumOf(both.map(({ ledgerPico }) => ledgerPico));
  const factor = { billed, ledger, inTenThousandths: divideHalfEven(billed * 10_000n, ledger) };
  return both.every((day) => fits(day, factor)) ? factor : undefined;
}

const fits = ({ billedPico, ledgerPico }: SettledDay, { billed, ledger }: Factor): boolean =>
  sizeOf(billedPico * ledger - ledgerPico * billed) < cent * ledger;

/** @returns undefined where nothing differs */
export function causeOf(day: SettledDay, factor: Factor | undefined, isLast: boolean): Cause | undefined {
  const { billedPico, ledgerPico, tokens, unpricedTokens, longPico, cachePico, batchPico } = day;
  const drift = driftOf(day);
  const size = sizeOf(drift);
  if (billedPico === 0n && ledgerPico === 0n && tokens > unpricedTokens) return "not_billed";
  if (size === 0n) return undefined;
  if (size < cent) return "rounding";
  if (drift > 0n && unpricedTokens > 0) return "unpriced";
  if (ledgerPico === 0n) return "only_at_vendor";
  if (factor && billedPico > 0n && fits(day, factor)) return "price";
  if (drift < 0n && isLast) return "not_final";
  if (billedPico === 0n) return "only_here";
  if (drift < 0n && size <= batchPico) return "batch";
  if (size <= longPico) return "long_context";
  if (size <= cachePico) return "cache";
  return drift > 0n ? "more_at_vendor" : "more_here";
}

import type { UsageSum } from "../usage/ledger.ts";
import { type PicoUsd, sumOf } from "../usage/money.ts";
import { amountIn, type Measure } from "./measure.ts";

/** What cost another amount than in the period before. */
export interface Mover {
  /** undefined: what says nothing of it, such as no phase. */
  readonly name: string | undefined;
  readonly nowPico: PicoUsd;
  readonly beforePico: PicoUsd;
}

export interface Movers {
  /** The biggest changes, up or down, the biggest first. */
  readonly shown: readonly Mover[];
  /** The others that changed, and by how much all together. */
  readonly rest: { readonly count: number; readonly changePico: PicoUsd };
}

export const changeOf = ({ nowPico, beforePico }: Mover): PicoUsd => nowPico - beforePico;

/**
 * @param now sums by one key, as are those of the period before; a name stands in either once
 * @param most how many are shown
 */
export function moversOf(now: readonly UsageSum[], before: readonly UsageSum[], measure: Measure, most: number): Movers {
  const [costNow, costBefore] = [now, before].map((sums) => new Map(sums.map((sum) => [sum.group[0], amountIn(measure, sum)])));
  const names = new Set([...(costNow?.keys() ?? []), ...(costBefore?.keys() ?? [])]);
  const moved = [...names]
    .map((name) => ({ name, nowPico: costNow?.get(name) ?? 0n, beforePico: costBefore?.get(name) ?? 0n }))
    .filter((mover) => changeOf(mover) !== 0n)
    .toSorted(biggestFirst);
  const rest = moved.slice(most);
  return { shown: moved.slice(0, most), rest: { count: rest.length, changePico: sumOf(rest.map(changeOf)) } };
}

function biggestFirst(one: Mover, other: Mover): number {
  const difference = sizeOf(other) - sizeOf(one);
  if (difference !== 0n) return difference > 0n ? 1 : -1;
  return (one.name ?? "") < (other.name ?? "") ? -1 : 1;
}

const sizeOf = (mover: Mover): PicoUsd => {
  const change = changeOf(mover);
  return change < 0n ? -change : change;
};

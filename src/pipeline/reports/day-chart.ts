import type { Chart } from "../../reply.ts";
import { daysIn } from "../usage/days-in.ts";
import type { UsageKey, UsageSum } from "../usage/ledger.ts";
import { type PicoUsd, roughUsd, sumOf } from "../usage/money.ts";
import { amountIn, type Measure } from "./measure.ts";
import { nameOf } from "./name-of.ts";
import type { Period } from "./period.ts";

const mostSeries = 5;
const mostDays = 31;
/** What spans more is not drawn day by day. */
export const longestDrawnMs = (mostDays + 1) * 24 * 60 * 60_000;

export interface Drawn {
  readonly title: string;
  readonly period: Period;
  readonly zone: string;
  readonly measure: Measure;
  readonly secrets: readonly string[];
}

/**
 * What each day cost, by a key.
 *
 * @param sums by `day` and that key
 * @returns undefined where nothing cost anything, and where there is one day alone or more than a month of them
 */
export function dayChart(sums: readonly UsageSum[], key: UsageKey, { title, period, zone, measure, secrets }: Drawn): Chart | undefined {
  const days = daysIn(period.since, period.until, zone);
  const names = [...Map.groupBy(sums, ({ group }) => group[1])]
    .map(([name, some]) => ({ name, pico: sumOf(some.map((sum) => amountIn(measure, sum))) }))
    .filter(({ pico }) => pico > 0n)
    .toSorted((one, other) => (one.pico === other.pico ? 0 : one.pico < other.pico ? 1 : -1))
    .map(({ name }) => name);
  if (names.length === 0 || days.length < 2 || days.length > mostDays) return undefined;

  const costs = new Map(sums.map((sum) => [JSON.stringify(sum.group), amountIn(measure, sum)]));
  const costOf = (day: string, name: string | undefined): PicoUsd => costs.get(JSON.stringify([day, name])) ?? 0n;
  const valuesOf = (some: readonly (string | undefined)[]) => days.map(({ day }) => roughUsd(sumOf(some.map((name) => costOf(day, name)))));
  const shown = names.length > mostSeries + 1 ? names.slice(0, mostSeries) : names;
  const others = names.slice(shown.length);
  return {
    kind: "chart",
    title,
    shape: "bar",
    unit: "usd",
    categories: days.map(({ day }) => dayName(day)),
    series: [
      ...shown.map((name) => ({ name: nameOf(key, name, secrets), values: valuesOf([name]) })),
      ...(others.length > 0 ? [{ name: `${others.length} others`, values: valuesOf(others) }] : []),
    ],
  };
}

/** `Mon 16` */
const dayName = (day: string): string => {
  const date = Temporal.PlainDate.from(day);
  return `${date.toLocaleString("en-GB", { weekday: "short" })} ${date.day}`;
};

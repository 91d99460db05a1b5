import { showUsd, toPico } from "../../pipeline/usage/money.ts";
import type { Chart, Table } from "../../reply.ts";

/** What the values of an axis are. */
export const unitNames: Record<Chart["unit"], string> = { usd: "US dollars", count: "Count", minutes: "Minutes" };

/** What a chart shows, as the equal table: a row for each category, a column for each series. Its title heads the categories. */
export function chartTable({ title, unit, categories, series }: Chart): Table {
  return {
    kind: "table",
    columns: [title, ...series.map(({ name }) => name)],
    rows: categories.map((category, at) => ({ cells: [category, ...series.map(({ values }) => showValue(values[at], unit))] })),
    ...(categories.length === 0 && { more: "There is nothing to show." }),
  };
}

const decimals = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });

/** A value as people read it: `$1,234.50`, `1,234.5`, `2 h 5 min`. What is no number is a dash. */
export function showValue(value: number | undefined, unit: Chart["unit"]): string {
  if (value === undefined || !Number.isFinite(value)) return "–";
  if (unit === "usd") return showUsd(toPico(value));
  return unit === "minutes" ? showMinutes(value) : decimals.format(value);
}

function showMinutes(value: number): string {
  const whole = Math.round(Math.abs(value));
  if (whole < 60) return `${decimals.format(value)} min`;
  const rest = whole % 60;
  return `${value < 0 ? "-" : ""}${decimals.format(Math.floor(whole / 60))} h${rest === 0 ? "" : ` ${rest} min`}`;
}

import type { Chart, Series } from "../../reply.ts";
import { clip, printable } from "./printable.ts";

/** Slack draws no more, and nobody could read more. */
const mostSeries = 6;
const mostSegments = 6;
const mostPoints = 20;
const longestName = 20;
const longestTitle = 50;

/** Beyond these a drawing says nothing. */
const largest = 1e15;
const smallest = 1e-9;

const others = "others";

/** A chart as it can be drawn: few and short names, each once, and few digits. */
export interface Drawing extends Chart {
  /** What was left out, in words. */
  readonly note?: string;
}

/** What is too much for a drawing is summed as "others"; of a line, the end is drawn. Undefined where there is nothing to draw. */
export function toDrawing(chart: Chart): Drawing | undefined {
  if (!isDrawable(chart)) return undefined;
  const { shape } = chart;
  const left = chart.categories.length - mostPoints;
  const cut = shape === "line" && left > 0 ? atEnd(chart, left) : fewerCategories(chart, shape === "pie" ? mostSegments : mostPoints);
  const { categories, series } = fewerSeries(cut);
  const names = eachOnce(series.map(({ name }) => name));
  return {
    ...chart,
    title: titleOf(chart),
    categories: eachOnce(categories),
    series: series.map(({ values }, at) => ({ name: names[at] ?? "", values: values.map(tidy) })),
    ...(shape === "line" && left > 0 && { note: `${left} earlier ${left === 1 ? "point is" : "points are"} not drawn.` }),
  };
}

/** Whether it has something to draw and every number can be drawn. */
export function isDrawable({ shape, categories, series }: Chart): boolean {
  const values = series.flatMap((each) => each.values);
  return (
    series.every((each) => each.values.length === categories.length) &&
    values.every((value) => Math.abs(value) <= largest) &&
    values.some((value) => Math.abs(value) >= smallest) &&
    (shape !== "pie" || (series.length === 1 && values.every((value) => value >= 0)))
  );
}

export const titleOf = ({ title }: Chart): string => clip(inOneLine(title), longestTitle);

/** A name without line breaks and what cannot be seen; never empty. */
export const inOneLine = (name: string): string => printable(name).replaceAll(/\s+/g, " ").trim() || "unnamed";

type Plotted = Pick<Chart, "categories" | "series">;

const atEnd = ({ categories, series }: Chart, left: number): Plotted => ({
  categories: categories.slice(left),
  series: series.map(({ name, values }) => ({ name, values: values.slice(left) })),
});

function fewerCategories({ shape, categories, series }: Chart, most: number): Plotted {
  const totals = categories.map((_, at) => total(series.map(({ values }) => values[at] ?? 0)));
  // A pie has no slices of nothing.
  const seen = totals.flatMap((each, at) => (shape !== "pie" || each >= smallest ? [at] : []));
  const kept = mostOf(seen, totals, most);
  const rest = seen.filter((at) => !kept.includes(at));
  const fold = (values: readonly number[]) => [...pick(values, kept), ...(rest.length > 0 ? [sum(pick(values, rest))] : [])];
  return {
    categories: [...pick(categories, kept), ...(rest.length > 0 ? [others] : [])],
    series: series.map(({ name, values }) => ({ name, values: fold(values) })),
  };
}

function fewerSeries({ categories, series }: Plotted): Plotted {
  const totals = series.map(({ values }) => total(values));
  const all = [...series.keys()];
  const kept = mostOf(all, totals, mostSeries);
  const rest = pick(
    series,
    all.filter((at) => !kept.includes(at)),
  );
  const folded: Series = { name: others, values: categories.map((_, at) => sum(rest.map(({ values }) => values[at] ?? 0))) };
  return { categories, series: [...pick(series, kept), ...(rest.length > 0 ? [folded] : [])] };
}

/** The places of the largest, in their order, leaving one free where there are more. */
function mostOf(places: readonly number[], totals: readonly number[], most: number): readonly number[] {
  if (places.length <= most) return places;
  const bySize = places.toSorted((one, other) => (totals[other] ?? 0) - (totals[one] ?? 0));
  return bySize.slice(0, most - 1).toSorted((one, other) => one - other);
}

const pick = <T>(items: readonly T[], places: readonly number[]): T[] => places.flatMap((at) => items.slice(at, at + 1));
const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0);
const total = (values: readonly number[]): number => sum(values.map(Math.abs));

/** Two decimals; of what is less than a hundredth, two digits. */
function tidy(value: number): number {
  const size = Math.abs(value);
  if (size < smallest) return 0;
  return size < 0.01 ? Number(value.toPrecision(2)) : Math.round(value * 100) / 100;
}

function eachOnce(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const short = clip(inOneLine(name), longestName);
    let own = short;
    for (let count = 2; taken.has(own); count += 1) own = `${clip(short, longestName - ` ${count}`.length)} ${count}`;
    taken.add(own);
    return own;
  });
}

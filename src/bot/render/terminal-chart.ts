import type { Chart } from "../../reply.ts";
import { inOneLine, isDrawable } from "./chart-drawing.ts";
import { showValue } from "./chart-table.ts";
import { clip } from "./printable.ts";

const longestName = 24;
const shortestBar = 8;
const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/**
 * A chart of any shape as a line for each value: its category, its series where there are several, a bar and the value.
 *
 * @param columns how wide the terminal is
 * @returns undefined where there is nothing to draw
 */
export function renderBars(chart: Chart, columns: number): string[] | undefined {
  if (!isDrawable(chart)) return undefined;
  const { unit, categories, series } = chart;
  const lines = categories.flatMap((category, at) =>
    series.map(({ name, values }, place) => ({
      words: [place === 0 ? short(category) : "", ...(series.length > 1 ? [short(name)] : [])],
      value: values[at] ?? 0,
      shown: showValue(values[at], unit),
    })),
  );
  const widths = [0, 1].map((place) => Math.max(...lines.map(({ words }) => widthOf(words[place] ?? ""))));
  const heads = lines.map(({ words }) => words.map((word, place) => word + blanks((widths[place] ?? 0) - widthOf(word))).join("  "));
  const taken = widthOf(heads[0] ?? "") + Math.max(...lines.map(({ shown }) => shown.length)) + 4;
  const room = Math.max(shortestBar, columns - taken);
  const most = Math.max(...lines.map(({ value }) => value));
  const bars = lines.map(({ value }) => bar(value, most, room));
  const longest = Math.max(...bars.map((each) => each.length));
  return lines.map(({ shown }, at) => `${heads[at]}  ${(bars[at] ?? "").padEnd(longest)}  ${shown}`);
}

/** What is something is never nothing; less than nothing has no bar. */
function bar(value: number, most: number, room: number): string {
  if (value <= 0) return "";
  const parts = Math.max(1, Math.round((value / most) * room * 8));
  return "█".repeat(Math.floor(parts / 8)) + (eighths[parts % 8] ?? "");
}

const short = (name: string): string => clip(inOneLine(name), longestName);
const widthOf = (words: string): number => [...words].length;
const blanks = (count: number): string => " ".repeat(count);

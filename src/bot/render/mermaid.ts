import type { Chart } from "../../reply.ts";
import { type Drawing, toDrawing } from "./chart-drawing.ts";
import { showValue, unitNames } from "./chart-table.ts";
import { fenced } from "./markdown-escape.ts";

/** GitHub draws no legend, so that we write one below, with the same colours. */
const colours = [
  ["🟦", "#3b82c4"],
  ["🟧", "#e8873a"],
  ["🟩", "#4caf50"],
  ["🟥", "#d9534f"],
  ["🟪", "#9b59b6"],
  ["🟫", "#8d6e63"],
] as const;

/** Pixels, as Mermaid counts them. */
const usualWidth = 700;
const longestLine = 1600;
const perLetter = 8;

/**
 * A chart as GitHub draws it, as a block of Mermaid.
 *
 * @returns the block, and the plain words to stand below it; undefined where there is nothing to draw
 */
export function renderMermaid(chart: Chart): { readonly block: string; readonly words: readonly string[] } | undefined {
  const drawing = toDrawing(chart);
  if (!drawing) return undefined;
  const { shape, series, note } = drawing;
  const legend = series.map(({ name }, at) => `${colours[at]?.[0]} ${name}`).join(" · ");
  return {
    block: fenced((shape === "pie" ? pie(drawing) : plot(drawing)).join("\n"), "mermaid"),
    words: [...(series.length > 1 ? [legend] : []), ...(note === undefined ? [] : [note])],
  };
}

function pie({ title, unit, categories, series }: Drawing): string[] {
  const values = series[0]?.values ?? [];
  const slices = categories.map((name, at) => `    ${quoted(`${name}: ${showValue(values[at], unit)}`)} : ${digits(values[at])}`);
  return [`pie title ${escapeMermaid(title)}`, ...slices];
}

function plot({ shape, title, unit, categories, series }: Drawing): string[] {
  const values = series.flatMap((each) => each.values);
  // Bars of several series would hide one another.
  const kind = shape === "bar" && series.length === 1 ? "bar" : "line";
  // Long names would run into one another: bars lie down, lines get longer.
  const width = categories.reduce((sum, name) => sum + (name.length + 2) * perLetter, 0);
  const isCrowded = width > usualWidth;
  return [
    "---",
    "config:",
    ...(isCrowded && kind === "line" ? ["  xyChart:", `    width: ${Math.min(width, longestLine)}`] : []),
    "  themeVariables:",
    "    xyChart:",
    `      plotColorPalette: "${colours.map(([, colour]) => colour).join(", ")}"`,
    "---",
    isCrowded && kind === "bar" ? "xychart-beta horizontal" : "xychart-beta",
    `    title ${quoted(title)}`,
    `    x-axis [${categories.map(quoted).join(", ")}]`,
    // Left to itself it begins at the smallest value, which would then look like nothing.
    `    y-axis ${quoted(unitNames[unit])} ${digits(Math.min(0, ...values))} --> ${digits(Math.max(0, ...values))}`,
    ...series.map((each) => `    ${kind} [${each.values.map(digits).join(", ")}]`),
  ];
}

const quoted = (words: string): string => `"${escapeMermaid(words)}"`;

/** Whatever Mermaid could take for its own is written as the number of its character, in Mermaid's manner. */
const escapeMermaid = (words: string): string =>
  words.replaceAll(/[^\p{L}\p{M}\p{N} .,_()/+…–-]/gu, (found) => `#${found.codePointAt(0)};`);

const plain = new Intl.NumberFormat("en-US", { useGrouping: false, maximumFractionDigits: 12 });

/** Mermaid reads no exponents. */
const digits = (value = 0): string => plain.format(value);

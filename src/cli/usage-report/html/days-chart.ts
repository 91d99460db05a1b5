import { type PicoUsd, roughUsd, showUsd } from "../../../pipeline/usage/money.ts";
import type { Money } from "../add-up.ts";
import type { Details } from "../details.ts";
import { swatch } from "./bar.ts";
import { html, type Markup } from "./markup.ts";
import { seriesColours } from "./style.ts";

interface Column {
  readonly day: string;
  /** One for each series. */
  readonly picos: readonly PicoUsd[];
  readonly total: PicoUsd;
}

/** Text of a drawing shrinks with it: a narrow page has one of its own. */
interface Size {
  readonly name: "wide" | "narrow";
  readonly width: number;
  readonly height: number;
  readonly mostLabels: number;
}
const sizes: readonly Size[] = [
  { name: "wide", width: 1000, height: 260, mostLabels: 16 },
  { name: "narrow", width: 360, height: 220, mostLabels: 5 },
];
const left = 48;
const bottom = 28;
const top = 10;
const otherModels = "other models";

/** Spend by day, stacked by model: the dearest have colours of their own. With the same numbers as a table. */
export function daysChart({ days, models }: Pick<Details, "days" | "models">, money: Money): Markup {
  const named = models.length <= seriesColours ? models : models.slice(0, seriesColours - 1);
  const names = named.map(({ name }) => name ?? "no model");
  const series = models.length > names.length ? [...names, otherModels] : names;
  const columns = days.map(({ day, models: parts }): Column => {
    const picos = series.map(() => 0n);
    for (const part of parts) {
      const at = names.indexOf(part.name ?? "no model");
      const place = at < 0 ? series.length - 1 : at;
      picos[place] = (picos[place] ?? 0n) + money.of(part);
    }
    return { day, picos, total: picos.reduce((sum, each) => sum + each, 0n) };
  });
  const most = niceAbove(Math.max(...columns.map(({ total }) => roughUsd(total)), 0));
  const dearest = columns.toSorted((one, other) => (one.total < other.total ? 1 : -1))[0];
  const words = `${columns.length} days; the dearest is ${dearest?.day ?? "none"} with ${showUsd(dearest?.total ?? 0n)}. The table below has every number.`;
  return html`${sizes.map((size) => drawing(size, columns, most, words))}
<ul class="legend">${series.map((name, at) => html`<li>${swatch(at)} ${name}</li>`)}</ul>
${daysTable(columns, series)}`;
}

function drawing({ name, width, height, mostLabels }: Size, columns: readonly Column[], most: number, words: string): Markup {
  const step = (width - left) / columns.length;
  const every = Math.ceil(columns.length / mostLabels);
  return html`<svg class="${name}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="days-${name} days-${name}-more">
<title id="days-${name}">Spend by day, stacked by model</title><desc id="days-${name}-more">${words}</desc>
${[0, 0.25, 0.5, 0.75, 1].map((share) => {
  const y = (top + (height - top - bottom) * (1 - share)).toFixed(1);
  return html`<line class="grid" x1="${left}" x2="${width}" y1="${y}" y2="${y}"/><text x="${left - 8}" y="${y}" text-anchor="end" dominant-baseline="middle">${axisUsd(most * share, most)}</text>`;
})}
${columns.map((column, at) => drawColumn(column, { middle: left + step * (at + 0.5), thickness: Math.min(step * 0.72, 64), height, most, isLabelled: at % every === 0 }))}
</svg>`;
}

interface Place {
  readonly middle: number;
  readonly thickness: number;
  readonly height: number;
  readonly most: number;
  readonly isLabelled: boolean;
}

function drawColumn({ day, picos, total }: Column, { middle, thickness, height, most, isLabelled }: Place): Markup {
  const plot = height - top - bottom;
  let y = top + plot;
  const parts = picos.map((pico, colour) => {
    const size = (roughUsd(pico) / most) * plot;
    y -= size;
    if (size < 0.05) return undefined;
    return html`<rect class="f${colour}" x="${(middle - thickness / 2).toFixed(1)}" y="${y.toFixed(1)}" width="${thickness.toFixed(1)}" height="${size.toFixed(1)}"/>`;
  });
  const label = isLabelled ? html`<text x="${middle.toFixed(1)}" y="${height - 8}" text-anchor="middle">${day.slice(5)}</text>` : undefined;
  return html`<g><title>${day}: ${showUsd(total)}</title>${parts}${label}</g>`;
}

function daysTable(columns: readonly Column[], series: readonly string[]): Markup {
  return html`<details><summary>The numbers by day</summary><div class="scroll" tabindex="0" role="region" aria-label="Spend by day and model"><table>
<thead><tr><th scope="col">Day</th>${series.map((name) => html`<th scope="col" class="n">${name}</th>`)}<th scope="col" class="n">Total</th></tr></thead>
<tbody>${columns.map(({ day, picos, total }) => html`<tr><th scope="row">${day}</th>${picos.map((pico) => html`<td class="n">${showUsd(pico)}</td>`)}<td class="n">${showUsd(total)}</td></tr>`)}</tbody>
</table></div></details>`;
}

/** The next number above it whose quarters are short, too. */
function niceAbove(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return (([1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8].find((step) => step * power >= value) ?? 10) as number) * power;
}

function axisUsd(value: number, most: number): string {
  if (value === 0) return "$0";
  const digits = most >= 8 ? (Number.isInteger(value) ? 0 : 1) : most >= 0.08 ? 2 : 4;
  return value >= 10_000 ? `$${(value / 1000).toFixed(1)}k` : `$${value.toFixed(digits)}`;
}

import { el } from "./dom.js";

const width = 480;
const height = 200;
/** Room for the numbers on the left, and for the names below. */
const left = 46;
const below = 24;
const above = 8;

/** Draws a data_visualization block: a picture for the eyes, and its numbers as a table for those who do not see it. */
export function renderChart({ title, chart }) {
  const { y_label: unit } = chart.axis_config ?? {};
  const { rows, names, draw } = chart.type === "pie" ? ofPie(chart) : ofPlot(chart);
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `Chart: ${title}` }, ...draw());
  const key = names.map((name, at) => el("span", {}, svgKey(at), name));
  return el(
    "figure",
    { class: "block chart" },
    el("figcaption", {}, title, unit ? el("span", { class: "quiet" }, ` · ${unit}`) : undefined),
    picture,
    chart.type === "pie" || names.length > 1 ? el("p", { class: "chart-key", "aria-hidden": "true" }, key) : undefined,
    numbers(title, rows),
  );
}

function ofPie({ segments }) {
  const total = segments.reduce((sum, { value }) => sum + value, 0);
  const share = (value) => `${Math.round((value / total) * 100)} %`;
  return {
    rows: [["Part", "Value"], ...segments.map(({ label, value }) => [label, show(value)])],
    names: segments.map(({ label, value }) => `${label} ${share(value)}`),
    draw() {
      let from = 0;
      return segments.map(({ label, value }, at) => {
        const slice = sector(from / total, (from + value) / total);
        from += value;
        return svg("path", { d: slice, class: `fill series-${at}` }, svg("title", {}, `${label}: ${show(value)}`));
      });
    },
  };
}

/** A slice, from one share of the whole circle to another. A circle cannot be one arc. */
function sector(from, to) {
  const radius = height / 2 - above;
  const point = (share) => {
    const angle = 2 * Math.PI * (share - 0.25);
    return `${(width / 2 + radius * Math.cos(angle)).toFixed(2)} ${(height / 2 + radius * Math.sin(angle)).toFixed(2)}`;
  };
  const arc = (until) => `A ${radius} ${radius} 0 0 1 ${point(until)}`;
  const middle = (from + to) / 2;
  return `M ${width / 2} ${height / 2} L ${point(from)} ${arc(middle)} ${arc(to)} Z`;
}

function ofPlot({ type, series, axis_config: { categories, x_label: under, y_label: unit } }) {
  const values = series.map(({ data }) => categories.map((name) => data.find(({ label }) => label === name)?.value ?? 0));
  const scale = ticksFor(Math.min(0, ...values.flat()), Math.max(0, ...values.flat()));
  const y = (value) => above + (1 - (value - scale.low) / (scale.high - scale.low)) * (height - above - below);
  const step = (width - left) / categories.length;
  const x = (at) => left + (at + 0.5) * step;
  const plot = { categories, series, values, x, y, step };
  return {
    rows: [
      [[under, unit].filter(Boolean).join(", "), ...series.map(({ name }) => name)],
      ...categories.map((name, at) => [name, ...values.map((each) => show(each[at]))]),
    ],
    names: series.map(({ name }) => name),
    draw: () => [...axes(plot, scale), ...(type === "bar" ? bars(plot) : lines(plot, type === "area"))],
  };
}

function axes({ categories, x, y, step }, { ticks }) {
  // Names that would run into one another are left out.
  const every = Math.ceil((Math.max(...categories.map((name) => name.length)) * 7.5 + 8) / step);
  return [
    ...ticks.map((tick) => svg("line", { x1: left, x2: width, y1: y(tick), y2: y(tick), class: "grid" })),
    ...ticks.map((tick) => svg("text", { x: left - 6, y: y(tick) + 3.5, class: "tick" }, compact.format(tick))),
    ...categories.map((name, at) => (at % every === 0 ? svg("text", { x: x(at), y: height - 7, class: "name" }, name) : undefined)),
  ];
}

function bars({ categories, series, values, x, y, step }) {
  const thick = (step * 0.72) / series.length;
  return values.flatMap((each, row) =>
    each.map((value, at) => {
      const [top, bottom] = [y(Math.max(0, value)), y(Math.min(0, value))];
      const place = { x: x(at) - step * 0.36 + row * thick, y: top, width: Math.max(1, thick - 1), height: bottom - top };
      return svg(
        "rect",
        { ...place, class: `fill series-${row}` },
        svg("title", {}, `${categories[at]}, ${series[row].name}: ${show(value)}`),
      );
    }),
  );
}

function lines({ categories, series, values, x, y }, isFilled) {
  return values.flatMap((each, row) => {
    const points = each.map((value, at) => `${x(at)},${y(value)}`).join(" ");
    const ground = `${x(0)},${y(0)} ${points} ${x(each.length - 1)},${y(0)}`;
    return [
      isFilled ? svg("polygon", { points: ground, class: `fill faint series-${row}` }) : undefined,
      svg("polyline", { points, class: `stroke series-${row}` }),
      ...each.map((value, at) =>
        svg(
          "circle",
          { cx: x(at), cy: y(value), r: 3, class: `fill series-${row}` },
          svg("title", {}, `${categories[at]}, ${series[row].name}: ${show(value)}`),
        ),
      ),
    ];
  });
}

/** Round numbers, from at most the lowest value to at least the highest. */
function ticksFor(lowest, highest) {
  const rough = (highest - lowest || 1) / 4;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * size).find((each) => each >= rough);
  const [first, last] = [Math.floor(lowest / step), Math.max(1, Math.ceil(highest / step))];
  const ticks = Array.from({ length: last - first + 1 }, (_, at) => (first + at) * step);
  return { ticks, low: first * step, high: last * step };
}

function numbers(title, [head, ...rows]) {
  const row = ([name, ...values]) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, name),
      values.map((value) => el("td", {}, value)),
    );
  const heads = el(
    "tr",
    {},
    head.map((name) => el("th", { scope: "col" }, name)),
  );
  const table = el("table", {}, el("caption", {}, `${title}: the numbers`), el("thead", {}, heads), el("tbody", {}, rows.map(row)));
  // A table by itself keeps its height, and would be scrolled to.
  return el("div", { class: "hidden" }, table);
}

const svgKey = (at) => svg("svg", { viewBox: "0 0 10 10" }, svg("rect", { width: 10, height: 10, rx: 2, class: `fill series-${at}` }));

const compact = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });
const show = (value) => value.toLocaleString("en", { maximumSignificantDigits: 12 });

function svg(name, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

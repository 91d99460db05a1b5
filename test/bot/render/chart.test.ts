import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderBlockKit, renderParts } from "../../../src/bot/render/block-kit.ts";
import { chartTable, showValue } from "../../../src/bot/render/chart-table.ts";
import { renderMarkdown } from "../../../src/bot/render/markdown.ts";
import { renderMermaid } from "../../../src/bot/render/mermaid.ts";
import { renderTerminal } from "../../../src/bot/render/terminal.ts";
import { type Chart, done, type Part, text } from "../../../src/reply.ts";
import { blockKitProblem } from "../../../src/sandbox/slack/block-kit/message.ts";

const aChart = (changes: Partial<Chart> = {}): Chart => ({
  kind: "chart",
  title: "Spend by week",
  shape: "bar",
  unit: "usd",
  categories: ["W45", "W46", "W47"],
  series: [{ name: "Reviews", values: [1234.5, 0.004, 310] }],
  ...changes,
});
const two = aChart({
  series: [
    { name: "Reviews", values: [12, 0, 6.5] },
    { name: "Fixes", values: [3, 4, 0] },
  ],
});
const inSlack = (...parts: Part[]) => renderBlockKit([{ reply: done("told", ...parts) }]);
const onGitHub = (part: Part) => renderMarkdown("k", undefined, "/ci-", [{ reply: done("told", part) }]).split("\n\n<!-- ")[0];
const inTerminal = (part: Part, columns?: number) => renderTerminal(done("told", part), columns);
const letters = (count: number) => Array.from({ length: count }, (_, at) => `c${at + 1}`);
const drawn = (chart: Chart) => {
  const block = inSlack(chart).blocks.find(({ type }) => type === "data_visualization") as never;
  return (block as { chart: { segments: unknown[]; series: { name: string; data: { label: string; value: number }[] }[] } }).chart;
};

const nasty = [
  '"',
  "`",
  "```",
  "%%",
  "%%{init: {}}%%",
  "]",
  "[",
  "\n",
  "\r\n---\n",
  "#quot;",
  ";",
  "style a:#",
  "<script>",
  "\\",
  "@ada",
  "\u2028",
  " ",
];
const name = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .array(fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: "binary", maxLength: 9 })), { maxLength: 5 })
      .map((words) => words.join("")),
  },
  fc.constantFrom("", "same", "others"),
);
const value = fc.oneof(
  { weight: 30, arbitrary: fc.double({ min: -10, max: 1e6, noNaN: true }) },
  { weight: 30, arbitrary: fc.integer({ min: 0, max: 9 }) },
  { weight: 1, arbitrary: fc.double() },
);
const anyChart: fc.Arbitrary<Chart> = fc
  .tuple(fc.nat(26), fc.integer({ min: 0, max: 8 }), fc.boolean())
  .chain(([points, lines, isRagged]) =>
    fc.record({
      kind: fc.constant("chart" as const),
      title: name,
      shape: fc.constantFrom("bar" as const, "line" as const, "pie" as const),
      unit: fc.constantFrom("usd" as const, "count" as const, "minutes" as const),
      categories: fc.array(name, { minLength: points, maxLength: points }),
      series: fc.array(fc.record({ name, values: fc.array(value, { minLength: isRagged ? 0 : points, maxLength: points }) }), {
        maxLength: lines,
      }),
    }),
  );
/** Mostly one that can be drawn. */
const hostile = fc.oneof(
  anyChart,
  anyChart.map(
    (chart): Chart => ({
      ...chart,
      shape: "pie",
      series: chart.series.slice(0, 1).map((each) => ({ ...each, values: chart.categories.map((_, at) => at) })),
    }),
  ),
);

describe("a value of a chart", () => {
  it.each([
    [1234.5, "usd", "$1,234.50"],
    [0.004, "usd", "<$0.01"],
    [0, "usd", "$0.00"],
    [Number.NaN, "usd", "–"],
    [undefined, "count", "–"],
    [1234.567, "count", "1,234.57"],
    [12.5, "minutes", "12.5 min"],
    [59.7, "minutes", "1 h"],
    [125, "minutes", "2 h 5 min"],
    [-125, "minutes", "-2 h 5 min"],
  ] as const)("%s as %s reads %s", (number, unit, words) => {
    expect(showValue(number, unit)).toBe(words);
  });
});

describe("a chart as a table", () => {
  it("has a row for each category and a column for each series", () => {
    expect(chartTable(two)).toEqual({
      kind: "table",
      columns: ["Spend by week", "Reviews", "Fixes"],
      rows: [{ cells: ["W45", "$12.00", "$3.00"] }, { cells: ["W46", "$0.00", "$4.00"] }, { cells: ["W47", "$6.50", "$0.00"] }],
    });
  });
});

describe("a chart in Slack", () => {
  it("is a block of its own, in its place among the words", () => {
    const { text: notification, blocks } = inSlack(text("Before"), aChart(), text("After"));

    expect(notification).toBe("Before");
    expect(blocks.map(({ type }) => type)).toEqual(["rich_text", "data_visualization", "rich_text"]);
    expect(blocks[1]).toMatchInlineSnapshot(`
      {
        "chart": {
          "axis_config": {
            "categories": [
              "W45",
              "W46",
              "W47",
            ],
            "y_label": "US dollars",
          },
          "series": [
            {
              "data": [
                {
                  "label": "W45",
                  "value": 1234.5,
                },
                {
                  "label": "W46",
                  "value": 0.004,
                },
                {
                  "label": "W47",
                  "value": 310,
                },
              ],
              "name": "Reviews",
            },
          ],
          "type": "bar",
        },
        "title": "Spend by week",
        "type": "data_visualization",
      }
    `);
  });

  it("is a table in the message for a Slack without charts, with the heads that a list has not", () => {
    const { withoutCharts } = inSlack(two);

    expect(withoutCharts?.map(({ type }) => type)).toEqual(["rich_text"]);
    expect(JSON.stringify(withoutCharts)).toContain('"Spend by week · Reviews · Fixes"');
    expect(JSON.stringify(withoutCharts)).toContain('"$12.00"');
    expect(inSlack(text("No chart")).withoutCharts).toBeUndefined();
  });

  it("is a table in a modal and in the App Home", () => {
    expect(renderParts([aChart()]).type).toBe("rich_text");
    expect(JSON.stringify(renderParts([aChart()]))).toContain("$1,234.50");
  });

  it("is a table as the third of a message", () => {
    const types = inSlack(aChart(), aChart(), aChart()).blocks.map(({ type }) => type);

    expect(types).toEqual(["data_visualization", "data_visualization", "rich_text"]);
  });

  it("sums the smallest series, and the smallest categories, as others", () => {
    const series = letters(8).map((each, at) => ({ name: each, values: [at, 1] }));
    const bars = drawn(aChart({ categories: ["a", "b"], series }));
    const slices = drawn(aChart({ shape: "pie", categories: letters(9), series: [{ name: "s", values: [9, 0, 1, 2, 8, 7, 6, 5, 3] }] }));

    expect(bars.series.map((each) => each.name)).toEqual(["c4", "c5", "c6", "c7", "c8", "others"]);
    expect(bars.series.at(-1)?.data.map((point) => point.value)).toEqual([0 + 1 + 2, 3]);
    expect(slices.segments).toEqual([
      { label: "c1", value: 9 },
      { label: "c5", value: 8 },
      { label: "c6", value: 7 },
      { label: "c7", value: 6 },
      { label: "c8", value: 5 },
      { label: "others", value: 6 },
    ]);
  });

  it("draws the end of a line that is too long, and says so", () => {
    const chart = aChart({ shape: "line", categories: letters(23), series: [{ name: "s", values: letters(23).map((_, at) => at) }] });

    expect(drawn(chart).series[0]?.data.map(({ label }) => label)).toEqual(letters(23).slice(3));
    expect(JSON.stringify(inSlack(chart).blocks[1])).toContain("3 earlier points are not drawn.");
  });

  it("gives names that are cut to the same words each their own", () => {
    const names = drawn(
      aChart({ series: ["x".repeat(30), "x".repeat(31), "", " "].map((each) => ({ name: each, values: [1, 2, 3] })) }),
    ).series;

    expect(names.map((each) => each.name)).toEqual([`${"x".repeat(19)}…`, `${"x".repeat(17)}… 2`, "unnamed", "unnamed 2"]);
  });

  it.each([
    ["all zero", { series: [{ name: "s", values: [0, 0, 0] }] }],
    ["not a number", { series: [{ name: "s", values: [1, Number.NaN, 2] }] }],
    ["too big", { series: [{ name: "s", values: [1, 1e300, 2] }] }],
    ["ragged", { series: [{ name: "s", values: [1] }] }],
    ["empty", { categories: [], series: [{ name: "s", values: [] }] }],
    ["without series", { series: [] }],
    ["a pie of several series", { ...two, shape: "pie" }],
    ["a pie with less than nothing", { shape: "pie", series: [{ name: "s", values: [1, -1, 2] }] }],
  ] as const)("is a table on every surface when it is %s", (_, changes) => {
    const chart = aChart(changes);

    expect(inSlack(chart).blocks.map(({ type }) => type)).toEqual(["rich_text"]);
    expect(blockKitProblem(inSlack(chart).blocks)).toBeUndefined();
    expect(onGitHub(chart)).not.toContain("```");
    expect(inTerminal(chart)).not.toMatch(/[█▏]/);
  });

  it("is taken, within the limits, whatever its names and numbers are", () => {
    let drawings = 0;
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 3 }), (charts) => {
        const { blocks, withoutCharts = [] } = inSlack(...charts);
        drawings += withoutCharts.length > 0 ? 1 : 0;

        for (const sent of [blocks, withoutCharts]) expect(blockKitProblem(JSON.parse(JSON.stringify(sent)))).toBeUndefined();
        for (const block of blocks) {
          if (block.type !== "data_visualization") continue;
          const { chart } = block;
          const labels = chart.type === "pie" ? chart.segments.map(({ label }) => label) : chart.axis_config.categories;
          expect(new Set(labels).size).toBe(labels.length);
          expect(chart.type === "pie" ? chart.segments.length : chart.series.length).toBeLessThanOrEqual(6);
        }
      }),
      { numRuns: 100 },
    );
    expect(drawings).toBeGreaterThan(20);
  });
});

describe("a chart on GitHub", () => {
  it("is drawn by Mermaid, with its numbers folded below", () => {
    expect(onGitHub(aChart())).toMatchInlineSnapshot(`
      "\`\`\`mermaid
      ---
      config:
        themeVariables:
          xyChart:
            plotColorPalette: "#3b82c4, #e8873a, #4caf50, #d9534f, #9b59b6, #8d6e63"
      ---
      xychart-beta
          title "Spend by week"
          x-axis ["W45", "W46", "W47"]
          y-axis "US dollars" 0 --> 1234.5
          bar [1234.5, 0.004, 310]
      \`\`\`

      <details><summary>Spend by week: the numbers</summary>

      | Spend by week | Reviews |
      | --- | --- |
      | W45 | \\$1,234.50 |
      | W46 | \\<\\$0.01 |
      | W47 | \\$310.00 |

      </details>"
    `);
  });

  it("has a legend where it has several series, whose bars would hide one another", () => {
    expect(renderMermaid(two)).toMatchInlineSnapshot(`
      {
        "block": "\`\`\`mermaid
      ---
      config:
        themeVariables:
          xyChart:
            plotColorPalette: "#3b82c4, #e8873a, #4caf50, #d9534f, #9b59b6, #8d6e63"
      ---
      xychart-beta
          title "Spend by week"
          x-axis ["W45", "W46", "W47"]
          y-axis "US dollars" 0 --> 12
          line [12, 0, 6.5]
          line [3, 4, 0]
      \`\`\`",
        "words": [
          "🟦 Reviews · 🟧 Fixes",
        ],
      }
    `);
  });

  it("lays bars down and stretches lines where their names would run into one another", () => {
    const crowded = aChart({
      categories: letters(20).map((each) => `category ${each}`),
      series: [{ name: "s", values: letters(20).map(() => 1) }],
    });

    expect(renderMermaid(aChart())?.block).not.toMatch(/horizontal|width/);
    expect(renderMermaid(crowded)?.block).toContain("xychart-beta horizontal\n");
    expect(renderMermaid({ ...crowded, shape: "line" })?.block).toContain("  xyChart:\n    width: 1600\n");
  });

  it("is a pie with its values in its legend", () => {
    const chart = aChart({
      shape: "pie",
      title: 'By "model" %%',
      categories: ["o3: low", "a[b]\n```"],
      series: [{ name: "s", values: [2, 1.005] }],
    });

    expect(renderMermaid(chart)?.block).toMatchInlineSnapshot(`
      "\`\`\`mermaid
      pie title By #34;model#34; #37;#37;
          "o3#58; low#58; #36;2.00" : 2
          "a#91;b#93; #96;#96;#96;#58; #36;1.00" : 1
      \`\`\`"
    `);
  });

  it("is nothing but a chart, whatever its names are", () => {
    const safe = String.raw`[\p{L}\p{M}\p{N} .,_()/+…–-]|#\d+;`;
    const words = `(?:${safe})+`;
    const number = String.raw`-?\d+(?:\.\d+)?`;
    const grammar = [
      "```mermaid|```|---|config:|  themeVariables:|(?:  )?  xyChart:|    width: \\d+|xychart-beta(?: horizontal)?",
      `      plotColorPalette: "[#0-9a-f, ]+"`,
      `pie title ${words}`,
      `    "${words}" : ${number}`,
      `    title "${words}"`,
      String.raw`    x-axis \["${words}"(?:, "${words}")*\]`,
      `    y-axis "${words}" ${number} --> ${number}`,
      String.raw`    (?:bar|line) \[${number}(?:, ${number})*\]`,
    ];
    const line = new RegExp(`^(?:${grammar.join("|")})$`, "u");
    fc.assert(
      fc.property(hostile, (chart) => {
        const { block = "```" } = renderMermaid(chart) ?? {};

        expect(block.split(/[\n\r\u2028\u2029]/).filter((each) => !line.test(each))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe("a chart in the terminal", () => {
  it("is bars, aligned with their names and values", () => {
    expect(inTerminal(aChart(), 50)).toMatchInlineSnapshot(`
      "Spend by week
      W45  ██████████████████████████████████  $1,234.50
      W46  ▏                                   <$0.01
      W47  ████████▌                           $310.00
      "
    `);
  });

  it("names the series where there are several", () => {
    expect(inTerminal({ ...two, unit: "minutes" }, 40)).toMatchInlineSnapshot(`
      "Spend by week
      W45  Reviews  █████████████████  12 min
           Fixes    ████▎              3 min
      W46  Reviews                     0 min
           Fixes    █████▋             4 min
      W47  Reviews  █████████▎         6.5 min
           Fixes                       0 min
      "
    `);
  });

  it.each([60, 80, 132])("fits into %s columns", (columns) => {
    const lines = inTerminal(two, columns).split("\n");

    expect(Math.max(...lines.map((line) => line.length))).toBe(columns);
  });

  it("sends no control character to the terminal", () => {
    fc.assert(
      fc.property(hostile, (chart) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
        expect(inTerminal(chart)).not.toMatch(/[\u0000-\u0008\u001b\u009b]/);
      }),
    );
  });
});

import { describe, expect, it } from "vitest";
import { hasDrift, printDrift } from "../../src/cli/prices/print-drift.ts";
import { parseReports } from "../../src/cli/prices/vendor-report.ts";
import { parseUsd } from "../../src/pipeline/usage/money.ts";
import type { Drift } from "../../src/pipeline/usage/reconcile.ts";

const noType = {
  context_window: null,
  cost_type: null,
  description: null,
  model: null,
  service_tier: null,
  token_type: null,
  workspace_id: null,
};
const tokens = {
  ...noType,
  currency: "USD",
  cost_type: "tokens",
  model: "claude-opus-5-5",
  service_tier: "standard",
  context_window: "0-200k",
};

const anthropic = (day: number, results: readonly object[], more: object = {}) => ({
  data: [{ starting_at: `2026-11-${day}T00:00:00Z`, ending_at: `2026-11-${day + 1}T00:00:00Z`, results }],
  has_more: false,
  next_page: null,
  ...more,
});

const openAi = (results: readonly object[], more: object = {}) => ({
  object: "page",
  data: [{ object: "bucket", start_time: 1_763_942_400, end_time: 1_764_028_800, results }],
  has_more: false,
  next_page: null,
  ...more,
});
const aResult = (value: unknown, line_item: string | null) => ({
  object: "organization.costs.result",
  amount: { value, currency: "usd" },
  line_item,
  project_id: null,
});

const parse = (...pages: readonly unknown[]) =>
  parseReports(pages.map((page, index) => ({ name: `${index}.json`, text: JSON.stringify(page) })));

function costsIn(...pages: readonly unknown[]) {
  const parsed = parse(...pages);
  if ("problems" in parsed) throw new Error(parsed.problems.join("\n"));
  return parsed.report.costs;
}

const pico = (usd: string) => parseUsd(usd);

describe("Anthropic's cost report", () => {
  it("is in cents, and says what its tokens are", () => {
    const results = [
      { ...tokens, amount: "123.45", token_type: "uncached_input_tokens" },
      { ...tokens, amount: "0.000001", token_type: "cache_read_input_tokens" },
      { ...tokens, amount: "2", token_type: "cache_creation.ephemeral_1h_input_tokens" },
      { ...tokens, amount: "3", token_type: "output_tokens", context_window: "200k-1M" },
      { ...tokens, amount: "4", token_type: "output_tokens", service_tier: "batch" },
      { ...noType, amount: "500", currency: "USD", cost_type: "web_search", description: "Web Search Usage" },
    ];

    expect(costsIn(anthropic(20, results))).toEqual([
      { day: "2026-11-20", provider: "anthropic", item: "claude-opus-5-5", pico: pico("1.2345") },
      { day: "2026-11-20", provider: "anthropic", item: "claude-opus-5-5", pico: pico("0.00000001"), kind: "cache" },
      { day: "2026-11-20", provider: "anthropic", item: "claude-opus-5-5", pico: pico("0.02"), kind: "cache" },
      { day: "2026-11-20", provider: "anthropic", item: "claude-opus-5-5", pico: pico("0.03"), kind: "long" },
      { day: "2026-11-20", provider: "anthropic", item: "claude-opus-5-5", pico: pico("0.04"), kind: "batch" },
      { day: "2026-11-20", provider: "anthropic", item: "web search", pico: pico("5") },
    ]);
  });

  it("is read from pages, one a file or many", () => {
    const parsed = parse([anthropic(20, []), anthropic(21, [])], anthropic(22, []));

    expect(parsed).toMatchObject({ report: { days: [{ day: "2026-11-20" }, { day: "2026-11-21" }, { day: "2026-11-22" }] }, notes: [] });
  });

  it("is noted where it goes on, and where it is not by model", () => {
    expect(parse(anthropic(20, [{ ...noType, amount: "1", currency: "USD" }], { has_more: true }))).toMatchObject({
      notes: [expect.stringContaining("goes on"), expect.stringContaining("group_by[]=description")],
    });
  });
});

describe("OpenAI's costs", () => {
  it("are in dollars, by the model before the comma", () => {
    const results = [
      aResult(0.06, "o3-2025-04-16, input"),
      aResult("0.8958740000000000", "o3-2025-04-16, cached input"),
      aResult(1.2e-7, "web search tool calls"),
      { object: "organization.costs.result", amount: null, line_item: null, project_id: null },
    ];

    expect(costsIn(openAi(results))).toEqual([
      { day: "2025-11-24", provider: "openai", item: "o3-2025-04-16", pico: pico("0.06") },
      { day: "2025-11-24", provider: "openai", item: "o3-2025-04-16", pico: pico("0.895874"), kind: "cache" },
      { day: "2025-11-24", provider: "openai", item: "web search tool calls", pico: pico("0.00000012") },
    ]);
  });
});

describe("what is no report", () => {
  it.each<[string, unknown, string]>([
    ["something else", { data: [] }, "0.json is no page of"],
    ["nothing", null, "0.json is no page of"],
    [
      "an hour",
      { ...anthropic(20, []), data: [{ starting_at: "2026-11-20T00:00:00Z", ending_at: "2026-11-20T01:00:00Z", results: [] }] },
      "0.json is not by the day in UTC",
    ],
    [
      "a day elsewhere",
      { ...anthropic(20, []), data: [{ starting_at: "2026-11-20T01:00:00Z", ending_at: "2026-11-21T01:00:00Z", results: [] }] },
      "0.json is not by the day in UTC",
    ],
    [
      "no time",
      { ...anthropic(20, []), data: [{ starting_at: "yesterday", ending_at: "today", results: [] }] },
      "0.json is not by the day in UTC",
    ],
    [
      "a day beyond all calendars",
      openAi([], { data: [{ start_time: 8.64e15, end_time: 8.64e15 + 86_400, results: [] }] }),
      "0.json is not by the day in UTC",
    ],
    ["another currency", anthropic(20, [{ ...tokens, amount: "1", currency: "EUR" }]), "0.json has amounts that are not in USD"],
    ["no amount", anthropic(20, [{ ...tokens, amount: "1,000" }]), "0.json has an amount that is no decimal"],
    ["the same day twice", [anthropic(20, []), anthropic(20, [])], "2026-11-20 of anthropic stands in two of the pages"],
    ["lists of lists", [[anthropic(20, [])]], "0.json is no page of"],
  ])("%s is refused", (_, page, problem) => {
    expect(parse(page)).toEqual({ problems: [expect.stringContaining(problem)] });
  });

  it("is text that is no JSON", () => {
    expect(parseReports([{ name: "x", text: "<html>" }])).toEqual({ problems: ["x is no JSON."] });
  });
});

describe("the drifts that are printed", () => {
  const drift: Drift = {
    day: "2026-11-20",
    provider: "openai",
    model: "o3",
    billedPico: 85n * 10n ** 11n,
    ledgerPico: 10n ** 13n,
    cause: "price",
    factor: 8_500n,
  };
  const totals = [
    { provider: "openai", firstDay: "2026-11-20", lastDay: "2026-11-21", billedPico: 85n * 10n ** 11n, ledgerPico: 10n ** 13n },
  ] as const;

  it("name cause and factor", () => {
    expect(printDrift({ drifts: [drift], totals }, ["A note."], false).replaceAll(/ {2,}/g, "  ")).toBe(
      "A note.\n\nDay  Model  Billed  Ledger  Likely because\n2026-11-20  o3  $8.50  $10.00  the same share on every day: another price, or a discount (theirs is 0.8500 of ours)\n\nopenai  $8.50 billed, $10.00 metered in the ledger, 2026-11-20 to 2026-11-21 (UTC)\n",
    );
    expect(JSON.parse(printDrift({ drifts: [drift], totals }, [], true))).toMatchObject({
      drifts: [{ cause: "price", factor: 0.85, billedUsd: "8.5", ledgerUsd: "10", driftUsd: "-1.5" }],
      totals: [{ driftUsd: "-1.5" }],
    });
  });

  it("need nobody to look where they are rounding or not billed", () => {
    const of = (cause: Drift["cause"]) => hasDrift({ drifts: [{ ...drift, cause }], totals });

    expect([of("rounding"), of("not_billed"), of("not_final"), of("price")]).toEqual([false, false, true, true]);
  });
});

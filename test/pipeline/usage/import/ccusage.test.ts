import { describe, expect, it } from "vitest";
import { UserError } from "../../../../src/errors.ts";
import { parseCcusage } from "../../../../src/pipeline/usage/import/ccusage.ts";

const teller = { basis: "metered", now: Date.parse("2026-11-23T00:00:00Z"), actor: "ada" } as const;
const id = "11111111-2222-4333-8444-555555555555";
const lastActivity = "2026-11-21T09:05:00.000Z";
const sonnet = {
  modelName: "claude-sonnet-4-5",
  inputTokens: 44,
  outputTokens: 168,
  cacheCreationTokens: 8_000,
  cacheReadTokens: 12_000,
  cost: 0.036252,
};
const unknown = {
  modelName: "new-model",
  inputTokens: 1,
  outputTokens: 2,
  cacheCreationTokens: 0,
  cacheReadTokens: 0,
  cost: 0,
  missingPricing: true,
};
const totals = { totalCost: 0.036252, unpricedModels: ["new-model"] };
const modelBreakdowns = [sonnet, unknown];

const parse = (content: unknown) => parseCcusage(content, teller);

describe("a report of ccusage", () => {
  it.each([
    ["claude session", { sessions: [{ sessionId: id, projectPath: "-srv", lastActivity, modelBreakdowns }], totals }],
    ["session", { session: [{ agent: "claude", period: id, metadata: { lastActivity }, modelBreakdowns }], totals }],
  ])("of `%s` is a sum for each session and model, with the cost that it states", (_, report) => {
    expect(parse(report)).toEqual([
      {
        id: `ccusage:session:${id}:claude-sonnet-4-5`,
        at: Date.parse(lastActivity),
        provider: "anthropic",
        model: "claude-sonnet-4-5",
        service: "claude-code",
        basis: "metered",
        actor: "ada",
        session: id,
        sumOf: `session:${id}`,
        tokens: { uncachedIn: 44, cacheRead: 12_000, cacheWrite5m: 8_000, cacheWrite1h: 0, out: 168, reasoning: 0 },
        statedPico: 36_252_000_000n,
      },
      expect.objectContaining({ model: "new-model", sumOf: `session:${id}` }),
    ]);
    expect(parse(report)[1]).not.toHaveProperty("statedPico");
  });

  it.each([
    ["claude daily", { daily: [{ date: "2026-11-20", modelBreakdowns }], totals }],
    ["daily", { daily: [{ period: "2026-11-20", agent: "all", metadata: { agents: ["claude"] }, modelBreakdowns }], totals }],
  ])("of `%s` is a sum for each day and model", (_, report) => {
    expect(parse(report)[0]).toMatchObject({
      id: "ccusage:day:2026-11-20:ada:claude-sonnet-4-5",
      at: Date.parse("2026-11-20T12:00:00Z"),
      sumOf: "day:anthropic:2026-11-20",
      statedPico: 36_252_000_000n,
    });
  });

  it("of one session adds its requests up, as they have no ids; the cost is stated where it is of one model", () => {
    const entry = {
      timestamp: lastActivity,
      model: "claude-sonnet-4-5",
      inputTokens: 1,
      outputTokens: 2,
      cacheCreationTokens: 3,
      cacheReadTokens: 4,
      costUSD: 0,
    };
    const other = { ...entry, model: "claude-haiku-4-5" };
    const one = { sessionId: id, totalCost: 1.25, entries: [entry, entry] };

    const [sum, ...more] = parse(one);

    expect(more).toEqual([]);
    expect(sum).toMatchObject({
      id: `ccusage:session:${id}:claude-sonnet-4-5`,
      tokens: { uncachedIn: 2, out: 4 },
      statedPico: 1_250_000_000_000n,
    });
    expect(parse({ ...one, entries: [entry, other] }).map(({ statedPico }) => statedPico)).toEqual([undefined, undefined]);
  });

  it.each([
    ["0.1 + 0.2", 0.30000000000000004, 300_000_000_000n],
    ["a price of one token", 1e-8, 10_000n],
  ])("takes the float that is %s for what it shows, to 10^-12 dollars", (_, cost, pico) => {
    const report = { sessions: [{ sessionId: id, lastActivity, modelBreakdowns: [{ ...sonnet, cost }] }] };

    expect(parse(report)[0]?.statedPico).toBe(pico);
  });

  it("is nothing where it is empty", () => {
    expect(parse({ sessions: [], totals: { totalCost: -0 } })).toEqual([]);
  });

  it.each([
    ["weeks", { weekly: [], totals }, "ccusage claude daily --json"],
    ["months", { monthly: [], totals }, "ccusage claude daily --json"],
    ["blocks", { blocks: [] }, "ccusage claude daily --json"],
    ["days of projects", { projects: {} }, "ccusage claude daily --json"],
    ["days of several agents", { daily: [{ period: "2026-11-20", metadata: { agents: ["claude", "codex"] }, modelBreakdowns }] }, "codex"],
    ["sessions of another agent", { session: [{ agent: "codex", period: id, metadata: { lastActivity }, modelBreakdowns }] }, "codex"],
    [
      "sessions of version 18, which are projects",
      { sessions: [{ sessionId: "-srv", lastActivity: "2026-11-21", modelBreakdowns }] },
      "20.0.24",
    ],
    ["the shape that its documentation shows", { type: "session", data: [], summary: {} }, "its keys are type, data, summary"],
    ["nothing of version 18", [], "ccusage 18"],
    ["a session that it does not know", null, "does not know"],
    ["text", "hello", "no report"],
    ["sessions without models", { sessions: [{ sessionId: id, lastActivity }] }, "modelBreakdowns"],
    [
      "counts that are none",
      { sessions: [{ sessionId: id, lastActivity, modelBreakdowns: [{ ...sonnet, inputTokens: -1 }] }] },
      "no counts",
    ],
    ["a day that is none", { daily: [{ date: "2026-13-45", modelBreakdowns }] }, "without a day"],
  ])("is refused when it holds %s, saying what was seen", (_, report, seen) => {
    expect(() => parse(report)).toThrow(UserError);
    expect(() => parse(report)).toThrow(seen);
  });
});

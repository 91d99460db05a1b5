import { describe, expect, it } from "vitest";
import { createReferenceParser } from "../../../../src/pipeline/usage/import/reference.ts";

const teller = { basis: "metered", now: Date.parse("2026-11-23T00:00:00Z"), actor: "ada" } as const;

const capture = {
  timestamp: "2026-11-20T10:00:00Z",
  session_id: "s1",
  model: "claude-3-5-sonnet",
  phase: "phase-2",
  user: "ravi",
  tokens: { input: 100, output: 50, total: 150 },
  cost_usd: { input: 0.0003, output: 0.00075, total: 0.00105 },
  type: "usage_captured",
};
const call = { timestamp: "2026-11-20T10:00:00", service: "gemini", tokens_in: 100, tokens_out: 50, cost_usd: 0.01 };

const tell = (...records: readonly unknown[]) => {
  const parse = createReferenceParser(teller);
  return records.map((record) => parse(typeof record === "string" ? record : JSON.stringify(record)));
};

describe("a captured session", () => {
  it("is the sum of the session so far, by session and model, and what it says goes before what the importer says", () => {
    expect(tell(capture)).toEqual([
      {
        usage: {
          id: "reference:session:s1:claude-3-5-sonnet",
          at: Date.parse("2026-11-20T10:00:00Z"),
          provider: "anthropic",
          model: "claude-3-5-sonnet",
          service: "claude-code",
          basis: "metered",
          session: "s1",
          sumOf: "session:s1",
          phase: "phase-2",
          actor: "ravi",
          tokens: { uncachedIn: 100, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, out: 50, reasoning: 0 },
          statedPico: 1_050_000_000n,
        },
      },
    ]);
  });

  it.each([
    ["2026-11-20T10:00:00Z", "2026-11-20T10:00:00Z"],
    ["2026-11-20T10:00:00.123456Z", "2026-11-20T10:00:00.123Z"],
    ["2026-11-20T10:00:00+02:00", "2026-11-20T08:00:00Z"],
    ["2026-11-20T10:00:00-0530", "2026-11-20T15:30:00Z"],
    ["2026-11-20 10:00:00", "2026-11-20T10:00:00Z"],
    ["2026-11-20T10:00:00.5", "2026-11-20T10:00:00.5Z"],
  ])("of %s was at %s", (timestamp, at) => {
    expect(tell({ ...capture, timestamp })).toMatchObject([{ usage: { at: Date.parse(at) } }]);
  });

  it.each([["unknown"], [""], [undefined]])("whose session is %j is a request of its own", (session_id) => {
    const [first, second] = tell({ ...capture, session_id }, { ...capture, session_id });

    expect(first).toMatchObject({ usage: { id: expect.stringMatching(/^reference:[0-9a-f]{32}:1$/) } });
    expect(second).toMatchObject({ usage: { id: expect.stringMatching(/^reference:[0-9a-f]{32}:2$/) } });
    expect(first).not.toHaveProperty("usage.sumOf");
  });

  it("that was not captured is lost, and said to be", () => {
    expect(tell({ timestamp: capture.timestamp, session_id: "s1", error: "timeout", exit_code: 124, type: "capture_failure" })).toEqual([
      "lost",
    ]);
  });
});

describe("a call of a service", () => {
  it("is a request, of the model that the service is named for", () => {
    expect(tell(call)).toEqual([
      {
        usage: expect.objectContaining({
          provider: "google",
          model: "gemini",
          service: "gemini",
          actor: "ada",
          statedPico: 10_000_000_000n,
        }),
      },
    ]);
    expect(tell({ ...call, service: "o3" })).toMatchObject([{ usage: { provider: "openai", model: "o3" } }]);
    expect(tell({ ...call, model: "gemini-2.5-pro" })).toMatchObject([{ usage: { model: "gemini-2.5-pro", service: "gemini" } }]);
  });

  it("has the same id whenever the file is read, and another one than a call that looks alike", () => {
    const ids = (records: readonly unknown[]) =>
      tell(...records).map((told) => (typeof told === "object" && "usage" in told ? told.usage.id : told));

    expect(ids([call, call, { ...call, tokens_in: 1 }])).toEqual(ids([call, call, { ...call, tokens_in: 1 }]));
    expect(new Set(ids([call, call, { ...call, tokens_in: 1 }, { ...call, cost_usd: 0.02 }])).size).toBe(4);
  });

  it("says nothing of its cost where it says that tokens cost nothing", () => {
    expect(tell({ ...call, cost_usd: 0 })[0]).not.toHaveProperty("usage.statedPico");
  });
});

describe("a line that is neither", () => {
  it.each([
    ["no JSON", "{oops}", "it is no JSON object"],
    ["a list", "[1]", "it is no JSON object"],
    ["without a time", { ...call, timestamp: undefined }, "its timestamp is no time"],
    ["of another kind", { timestamp: call.timestamp, type: "prompt_audit" }, "it is neither a captured session nor a call of a service"],
    ["with a count that is none", { ...call, tokens_in: "many" }, "its tokens are no counts"],
    ["without a model", { ...capture, model: undefined }, "it names no model"],
    ["without tokens", { ...capture, tokens: null }, "its tokens are no counts"],
  ])("is refused: %s", (_, line, problem) => {
    expect(tell(line)).toEqual([{ problem }]);
  });
});

import { describe, expect, it } from "vitest";
import { parseTranscriptLine, type TranscriptTeller } from "../../../../src/pipeline/usage/import/transcript.ts";

const teller: TranscriptTeller = { basis: "metered", now: Date.parse("2026-11-23T00:00:00Z"), actor: "ada", isSidechain: false };
const usage = { input_tokens: 10, output_tokens: 20, cache_read_input_tokens: 30, cache_creation_input_tokens: 40 };

const row = (message: object = {}, more: object = {}): string =>
  JSON.stringify({
    type: "assistant",
    sessionId: "s1",
    timestamp: "2026-11-20T10:00:00.000Z",
    requestId: "req_1",
    message: { id: "msg_1", model: "claude-sonnet-4-5-20250929", usage, ...message },
    ...more,
  });

const parse = (line: string, more: Partial<TranscriptTeller> = {}) => parseTranscriptLine(line, { ...teller, ...more });
const usageIn = (line: string, more?: Partial<TranscriptTeller>) => {
  const told = parse(line, more);
  if (typeof told === "string" || !("usage" in told)) throw new Error(`It tells of no request: ${JSON.stringify(told)}`);
  return told.usage;
};

describe("a line of a transcript", () => {
  it("tells of a request by the vendor's id of the message", () => {
    expect(usageIn(row())).toEqual({
      id: "anthropic:msg_1",
      at: Date.parse("2026-11-20T10:00:00Z"),
      provider: "anthropic",
      model: "claude-sonnet-4-5-20250929",
      service: "claude-code",
      basis: "metered",
      session: "s1",
      actor: "ada",
      tokens: { uncachedIn: 10, cacheRead: 30, cacheWrite5m: 40, cacheWrite1h: 0, out: 20, reasoning: 0 },
    });
  });

  it.each([
    ["without a requestId", row({}, { requestId: undefined })],
    ["with an empty requestId", row({}, { requestId: "" })],
  ])("has the same id %s", (_, line) => {
    expect(usageIn(line).id).toBe("anthropic:msg_1");
  });

  it.each([
    ["by its row where the message has none", row({ id: undefined }, { uuid: "u-1" }), "anthropic:row:u-1"],
    ["by all it says where nothing has one", row({ id: undefined }), expect.stringMatching(/^anthropic:row:[0-9a-f]{32}$/)],
    ["through another gateway", row({ id: "msg_bdrk_01" }), "anthropic:msg_bdrk_01"],
  ])("is known %s", (_, line, id) => {
    expect(usageIn(line).id).toEqual(id);
  });

  it.each([
    ["5 minutes unless it says more", {}, [40, 0]],
    ["an hour", { cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 40 } }, [0, 40]],
    ["both", { cache_creation: { ephemeral_5m_input_tokens: 15, ephemeral_1h_input_tokens: 25 } }, [15, 25]],
    ["5 minutes where the details leave something out", { cache_creation: { ephemeral_1h_input_tokens: 25 } }, [15, 25]],
  ])("keeps what it wrote into a cache for %s", (_, more, [cacheWrite5m, cacheWrite1h]) => {
    expect(usageIn(row({ usage: { ...usage, ...more } })).tokens).toMatchObject({ cacheWrite5m, cacheWrite1h });
  });

  it.each([
    ["its thinking as a part of what came out", { output_tokens_details: { thinking_tokens: 7 } }, 7],
    ["never more thinking than came out", { output_tokens_details: { thinking_tokens: 70 } }, 20],
    ["none where that is no count", { output_tokens_details: { thinking_tokens: "7" } }, 0],
  ])("tells %s", (_, more, reasoning) => {
    expect(usageIn(row({ usage: { ...usage, ...more } })).tokens).toMatchObject({ out: 20, reasoning });
  });

  it.each([
    ["marked in the row", row({}, { isSidechain: true }), {}],
    ["in a sub-agent's file", row(), { isSidechain: true }],
    [
      "told as progress of a tool",
      JSON.stringify({
        type: "progress",
        sessionId: "s1",
        isSidechain: true,
        timestamp: "2026-11-20T10:00:00Z",
        data: { message: JSON.parse(row()) },
      }),
      {},
    ],
  ])("is a sub-agent's work when %s", (_, line, more) => {
    expect(usageIn(line, more)).toMatchObject({ id: "anthropic:msg_1", isSidechain: true });
  });

  it("keeps what it says that it cost, as it is written", () => {
    expect(usageIn(row({}, { costUSD: 0.036252 })).statedPico).toBe(36_252_000_000n);
  });

  it("is of another model when it was asked to be fast, which has other prices", () => {
    expect(usageIn(row({ model: "claude-opus-4-6", usage: { ...usage, speed: "fast" } })).model).toBe("claude-opus-4-6-fast");
  });

  it("is another vendor's where a gateway asks theirs", () => {
    expect(usageIn(row({ model: "gpt-5.2" })).provider).toBe("openai");
  });

  it.each([
    ["what Claude Code answered itself", row({ model: "<synthetic>" })],
    ["no tokens", row({ usage: { input_tokens: 0, output_tokens: 0 } })],
    ["the usage of a tool's result", JSON.stringify({ type: "user", message: { role: "user" }, toolUseResult: { usage } })],
    ["keys of the prototype", '{"__proto__":{"message":{"usage":{}}},"constructor":{"usage":1}}'],
  ])("tells nothing of %s", (_, line) => {
    expect(parse(line)).toBe("nothing");
  });

  it.each([
    ["is cut off", row().slice(0, -20), "it is no JSON"],
    ["is nested without end", `${"[".repeat(200_000)}"usage"`, "it is no JSON"],
    ["has a timestamp that is none", row({}, { timestamp: "1" }), "its timestamp is no time"],
    ["is of a year that cannot be", row({}, { timestamp: "9999-01-01T00:00:00Z" }), "its timestamp is no time"],
    ["names no model", row({ model: "" }), "it names no model"],
    ["names a model that cannot be shown", row({ model: "claude\u001b[2J" }), "it names no model"],
    ["has tokens that are text", row({ usage: { ...usage, input_tokens: "10" } }), expect.stringContaining("uncachedIn")],
    ["has fewer tokens than none", row({ usage: { ...usage, output_tokens: -1 } }), expect.stringContaining("out is -1")],
    ["has more tokens than a request can", row({ usage: { ...usage, output_tokens: 9e15 } }), expect.stringContaining("no request")],
    ["has tokens in another shape", row({ usage: { input_tokens: {}, output_tokens: [] } }), expect.stringContaining("uncachedIn")],
  ])("is refused when it %s", (_, line, problem) => {
    expect(parse(line)).toEqual({ problem });
  });

  it("understands deep nesting beside what it looks at", () => {
    const line = row().replace('"type":"assistant"', `"type":"assistant","extra":${"[".repeat(100_000)}${"]".repeat(100_000)}`);

    expect(usageIn(line).id).toBe("anthropic:msg_1");
  });
});

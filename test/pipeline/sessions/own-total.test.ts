import { describe, expect, it } from "vitest";
import { untold } from "../../../src/pipeline/sessions/own-total.ts";
import { noTokens, type Tokens } from "../../../src/pipeline/usage/usage.ts";

const tokens = (out: number, changes: Partial<Tokens> = {}): Tokens => ({ ...noTokens, uncachedIn: 100, out, ...changes });
const told = (model: string, out: number) => ({ model, requests: 1, tokens: tokens(out), lastAt: 0 });

describe("what Claude Code counts and writes into no transcript", () => {
  it("is the rest of its own total, by model", () => {
    const total = { since: 0, models: { "claude-opus-4-5": tokens(30), "claude-haiku-4-5": tokens(5) } };

    const rest = untold(total, [told("claude-opus-4-5", 20)]);

    expect(Object.fromEntries(rest)).toEqual({ "claude-opus-4-5": { ...noTokens, out: 10 }, "claude-haiku-4-5": tokens(5) });
  });

  it("knows a model by its name without the day and the size of its context", () => {
    const total = { since: 0, models: { "claude-sonnet-4-5-20250929[1m]": tokens(30) } };

    expect(untold(total, [told("claude-sonnet-4-5-20250929", 30)]).size).toBe(0);
  });

  it.each([
    ["a part of the session is missing in it", [told("claude-opus-4-5", 40)]],
    ["a model is called otherwise", [told("opus", 10)]],
  ])("is nothing where %s", (_, uses) => {
    expect(untold({ since: 0, models: { "claude-opus-4-5": tokens(30) } }, uses).size).toBe(0);
  });
});

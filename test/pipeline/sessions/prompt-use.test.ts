import { describe, expect, it } from "vitest";
import { accuracyOf, meanAccuracy } from "../../../src/pipeline/sessions/accuracy.ts";
import { promptUse } from "../../../src/pipeline/sessions/prompt-use.ts";
import type { Prompt } from "../../../src/pipeline/sessions/prompts.ts";
import type { SessionRequest } from "../../../src/pipeline/sessions/requests.ts";
import { noTokens } from "../../../src/pipeline/usage/usage.ts";

const aRequest = (at: number, cacheRead: number, out: number, changes: Partial<SessionRequest> = {}): SessionRequest => ({
  ...{
    id: `anthropic:msg_${at}`,
    session: "s-1",
    at,
    provider: "anthropic",
    model: "claude-opus-4-5",
    service: "claude-code",
    basis: "metered",
  },
  tokens: { ...noTokens, cacheRead, out },
  ...changes,
});

describe("what became of a prompt", () => {
  it("is what its turn used, and by how much it made the input grow beyond the answer before", () => {
    const turn = [aRequest(2, 1_250, 30), aRequest(3, 700, 5, { isSidechain: true }), aRequest(4, 1_400, 10)];

    const used = promptUse(turn, aRequest(1, 1_000, 50));

    expect(used).toEqual({ requests: 3, tokens: { ...noTokens, cacheRead: 3_350, out: 45 }, addedTokens: 200 });
  });

  it.each([
    ["the session begins with it", undefined, undefined],
    ["another model answers", aRequest(1, 1_000, 50, { model: "claude-haiku-4-5" }), undefined],
    ["the conversation became shorter", aRequest(1, 9_000, 50), undefined],
    ["the conversation was compacted meanwhile", aRequest(1, 100, 50), 1],
  ])("is not known as growth where %s", (_, before, compactedAt) => {
    expect(promptUse([aRequest(2, 1_250, 30)], before, compactedAt).addedTokens).toBeUndefined();
  });

  it("leaves thinking out, which is not sent again", () => {
    const before = aRequest(1, 1_000, 50, { tokens: { ...noTokens, cacheRead: 1_000, out: 50, reasoning: 40 } });

    expect(promptUse([aRequest(2, 1_250, 30)], before).addedTokens).toBe(240);
  });
});

describe("how near estimates came", () => {
  const aPrompt = (estimatedTokens: number, addedTokens?: number): Prompt => ({
    ...{ id: "p-1", session: "s-1", at: 0, characters: 1, estimatedTokens, sha256: "" },
    used: { requests: 1, tokens: noTokens, ...(addedTokens !== undefined && { addedTokens }) },
  });

  it("is the smaller as a share of the larger, whichever it is", () => {
    expect([accuracyOf(aPrompt(80, 100)), accuracyOf(aPrompt(100, 80))]).toEqual([0.8, 0.8]);
  });

  it("speaks for prompts of which the truth is known", () => {
    expect(meanAccuracy([aPrompt(80, 100), aPrompt(50, 100), aPrompt(10)])).toEqual({ prompts: 2, mean: 0.65 });
    expect(meanAccuracy([aPrompt(10)])).toEqual({ prompts: 0 });
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AnthropicUsage, fromAnthropic } from "../../../../src/pipeline/usage/normalise/anthropic.ts";
import { checked, type Normalised } from "../../../../src/pipeline/usage/normalise/checked.ts";
import { fromGemini, type GeminiCliTokens, type GeminiUsage } from "../../../../src/pipeline/usage/normalise/gemini.ts";
import { type ChatUsage, fromOpenAi, type ResponsesUsage } from "../../../../src/pipeline/usage/normalise/openai.ts";
import { allTokens, type Tokens } from "../../../../src/pipeline/usage/usage.ts";

const none: Tokens = { uncachedIn: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, out: 0, reasoning: 0 };
const tokensOf = (normalised: Normalised): Tokens => {
  if ("problem" in normalised) throw new Error(normalised.problem);
  return normalised.tokens;
};
const problemOf = (normalised: Normalised): string | undefined => ("problem" in normalised ? normalised.problem : undefined);

describe("what Anthropic counts", () => {
  const all = { input_tokens: 100, output_tokens: 40, cache_read_input_tokens: 2_000, cache_creation_input_tokens: 700 };

  it.each<[string, AnthropicUsage, Partial<Tokens>]>([
    [
      "cached tokens are beside the input, not in it",
      { ...all, cache_creation_input_tokens: 0 },
      { uncachedIn: 100, cacheRead: 2_000, out: 40 },
    ],
    ["caches are kept for 5 minutes unless it says otherwise", all, { uncachedIn: 100, cacheRead: 2_000, cacheWrite5m: 700, out: 40 }],
    [
      "caches of an hour are told apart",
      { ...all, cache_creation: { ephemeral_5m_input_tokens: 200, ephemeral_1h_input_tokens: 500 } },
      { uncachedIn: 100, cacheRead: 2_000, cacheWrite5m: 200, cacheWrite1h: 500, out: 40 },
    ],
    [
      "what the details leave out is kept for 5 minutes",
      { ...all, cache_creation: { ephemeral_1h_input_tokens: 500 } },
      { uncachedIn: 100, cacheRead: 2_000, cacheWrite5m: 200, cacheWrite1h: 500, out: 40 },
    ],
    [
      "the details are enough",
      { input_tokens: 1, output_tokens: 2, cache_creation: { ephemeral_5m_input_tokens: 3, ephemeral_1h_input_tokens: 4 } },
      { uncachedIn: 1, cacheWrite5m: 3, cacheWrite1h: 4, out: 2 },
    ],
    [
      "details that say more than the total are believed",
      { ...all, cache_creation: { ephemeral_5m_input_tokens: 300, ephemeral_1h_input_tokens: 500 } },
      { uncachedIn: 100, cacheRead: 2_000, cacheWrite5m: 300, cacheWrite1h: 500, out: 40 },
    ],
    [
      "null is nothing",
      { input_tokens: 1, output_tokens: 2, cache_read_input_tokens: null, cache_creation_input_tokens: null, cache_creation: null },
      { uncachedIn: 1, out: 2 },
    ],
  ])("%s", (_, usage, tokens) => {
    expect(tokensOf(fromAnthropic(usage))).toEqual({ ...none, ...tokens });
  });

  it.each<[string, Partial<AnthropicUsage>]>([
    ["less than nothing", { input_tokens: -1 }],
    ["half a token", { output_tokens: 0.5 }],
    ["more than any request has", { cache_read_input_tokens: 1_000_000_001 }],
    ["a cache of less than nothing, which an hour's would fill up", { cache_creation_input_tokens: -5 }],
    ["an hour's cache of less than nothing", { cache_creation: { ephemeral_1h_input_tokens: -5 } }],
    ["no number", { input_tokens: Number.NaN }],
    ["no end", { output_tokens: Number.POSITIVE_INFINITY }],
  ])("is refused when it is %s", (_, usage) => {
    expect(problemOf(fromAnthropic({ ...all, ...usage }))).toMatch(/ is /);
  });
});

describe("what OpenAI counts", () => {
  it.each<[string, ResponsesUsage | ChatUsage, Partial<Tokens>]>([
    [
      "cached tokens are a part of the input and reasoning one of the output",
      {
        input_tokens: 1_000,
        input_tokens_details: { cached_tokens: 900 },
        output_tokens: 500,
        output_tokens_details: { reasoning_tokens: 450 },
      },
      { uncachedIn: 100, cacheRead: 900, out: 500, reasoning: 450 },
    ],
    [
      "so they are in the older shape",
      {
        prompt_tokens: 1_000,
        prompt_tokens_details: { cached_tokens: 900 },
        completion_tokens: 500,
        completion_tokens_details: { reasoning_tokens: 450 },
      },
      { uncachedIn: 100, cacheRead: 900, out: 500, reasoning: 450 },
    ],
    ["without details nothing is cached", { input_tokens: 10, output_tokens: 5 }, { uncachedIn: 10, out: 5 }],
    [
      "empty details say nothing",
      { input_tokens: 10, input_tokens_details: {}, output_tokens: 5, output_tokens_details: null },
      { uncachedIn: 10, out: 5 },
    ],
    ["embeddings put nothing out", { prompt_tokens: 10 }, { uncachedIn: 10 }],
    [
      "what was written into a cache is in the input, too, and has a price of its own",
      { input_tokens: 4_000, input_tokens_details: { cached_tokens: 700, cache_write_tokens: 3_200 }, output_tokens: 1 },
      { uncachedIn: 100, cacheRead: 700, cacheWrite5m: 3_200, out: 1 },
    ],
    ["everything may be cached", { input_tokens: 10, input_tokens_details: { cached_tokens: 10 }, output_tokens: 0 }, { cacheRead: 10 }],
  ])("%s", (_, usage, tokens) => {
    expect(tokensOf(fromOpenAi(usage))).toEqual({ ...none, ...tokens });
  });

  it.each<[string, ResponsesUsage | ChatUsage, string]>([
    [
      "more cached than there was",
      { input_tokens: 10, input_tokens_details: { cached_tokens: 11 }, output_tokens: 1 },
      "cached_tokens (11) is more than input_tokens (10), of which it is a part",
    ],
    [
      "more reasoning than output",
      { prompt_tokens: 10, completion_tokens: 1, completion_tokens_details: { reasoning_tokens: 2 } },
      "reasoning (2) is more than out (1), of which it is a part",
    ],
    [
      "less than nothing cached, which would be input",
      { input_tokens: 10, input_tokens_details: { cached_tokens: -5 }, output_tokens: 1 },
      "cached_tokens is -5",
    ],
    ["half a token", { prompt_tokens: 0.5 }, "prompt_tokens is 0.5, which is no whole number"],
    ["more than any request has", { prompt_tokens: 2e9 }, "prompt_tokens is 2000000000: no request has more than 1000000000 tokens"],
  ])("is refused when it is %s", (_, usage, problem) => {
    expect(problemOf(fromOpenAi(usage))).toBe(problem);
  });
});

describe("what Gemini counts", () => {
  it.each<[string, GeminiUsage | GeminiCliTokens, Partial<Tokens>]>([
    [
      "cached tokens are a part of the prompt; thoughts and what tools add are beside the rest",
      {
        promptTokenCount: 1_000,
        cachedContentTokenCount: 400,
        candidatesTokenCount: 50,
        thoughtsTokenCount: 30,
        toolUsePromptTokenCount: 7,
      },
      { uncachedIn: 607, cacheRead: 400, out: 80, reasoning: 30 },
    ],
    ["what is left out is nothing", { promptTokenCount: 8 }, { uncachedIn: 8 }],
    ["thoughts alone are output", { promptTokenCount: 8, thoughtsTokenCount: 30 }, { uncachedIn: 8, out: 30, reasoning: 30 }],
    [
      "its command-line tool counts alike",
      { prompt: 1_000, cached: 400, candidates: 50, thoughts: 30, tool: 0 },
      { uncachedIn: 600, cacheRead: 400, out: 80, reasoning: 30 },
    ],
    ["what a tool adds there is input too", { prompt: 10, tool: 5 }, { uncachedIn: 15 }],
  ])("%s", (_, usage, tokens) => {
    expect(tokensOf(fromGemini(usage))).toEqual({ ...none, ...tokens });
  });

  it.each<[string, GeminiUsage | GeminiCliTokens, string]>([
    [
      "more cached than there was",
      { promptTokenCount: 10, cachedContentTokenCount: 11 },
      "cached (11) is more than prompt (10), of which it is a part",
    ],
    ["less than no thoughts, which candidates would hide", { prompt: 10, candidates: 50, thoughts: -30 }, "thoughts is -30"],
    ["less than nothing of tools, which the prompt would hide", { promptTokenCount: 10, toolUsePromptTokenCount: -3 }, "tool is -3"],
    [
      "two counts that are too much together",
      { prompt: 1e9, tool: 1 },
      "uncachedIn is 1000000001: no request has more than 1000000000 tokens",
    ],
  ])("is refused when it is %s", (_, usage, problem) => {
    expect(problemOf(fromGemini(usage))).toBe(problem);
  });
});

describe("buckets", () => {
  it("are taken as they are where nothing is in two of them", () => {
    const tokens = { uncachedIn: 1, cacheRead: 2, cacheWrite5m: 3, cacheWrite1h: 4, out: 5, reasoning: 5 };

    expect(checked(tokens)).toEqual({ tokens });
  });

  it("hold what the vendor billed, no token twice and none lost", () => {
    const count = fc.nat({ max: 1_000_000 });
    fc.assert(
      fc.property(count, count, count, count, (prompt, more, candidates, thoughts) => {
        const cached = prompt % (more + 1);

        const gemini = tokensOf(
          fromGemini({
            promptTokenCount: prompt,
            cachedContentTokenCount: cached,
            candidatesTokenCount: candidates,
            thoughtsTokenCount: thoughts,
          }),
        );
        const openAi = tokensOf(
          fromOpenAi({
            input_tokens: prompt,
            input_tokens_details: { cached_tokens: cached },
            output_tokens: candidates + thoughts,
            output_tokens_details: { reasoning_tokens: thoughts },
          }),
        );

        expect(allTokens(gemini)).toBe(prompt + candidates + thoughts);
        expect(openAi).toEqual(gemini);
      }),
      { numRuns: 50 },
    );
  });
});

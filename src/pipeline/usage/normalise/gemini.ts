import { checked, type Normalised, problemOf, without } from "./checked.ts";

/** `usageMetadata` of an answer of the Gemini API, which leaves out what is nothing. */
export interface GeminiUsage {
  readonly promptTokenCount: number;
  readonly cachedContentTokenCount?: number | null | undefined;
  readonly candidatesTokenCount?: number | null | undefined;
  readonly thoughtsTokenCount?: number | null | undefined;
  readonly toolUsePromptTokenCount?: number | null | undefined;
}

/** `tokens` of a model in the statistics of the Gemini CLI; its `input` is `prompt` without `cached`, which says nothing new. */
export interface GeminiCliTokens {
  readonly prompt: number;
  readonly cached?: number | undefined;
  readonly candidates?: number | undefined;
  readonly thoughts?: number | undefined;
  readonly tool?: number | undefined;
}

/** Cached tokens are a part of the prompt; what tools put into it and thoughts are told apart, and are billed as input and as output. */
export function fromGemini(usage: GeminiUsage | GeminiCliTokens): Normalised {
  const { prompt, cached, candidates, thoughts, tool } = "prompt" in usage ? usage : inShort(usage);
  const counts = { cached: cached ?? 0, candidates: candidates ?? 0, thoughts: thoughts ?? 0, tool: tool ?? 0 };
  for (const [name, count] of Object.entries(counts)) {
    const problem = problemOf(name, count);
    if (problem !== undefined) return { problem };
  }
  const uncached = without(["prompt", prompt], ["cached", counts.cached]);
  if ("problem" in uncached) return uncached;
  return checked({
    uncachedIn: uncached.rest + counts.tool,
    cacheRead: counts.cached,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    out: counts.candidates + counts.thoughts,
    reasoning: counts.thoughts,
  });
}

const inShort = (usage: GeminiUsage) => ({
  prompt: usage.promptTokenCount,
  cached: usage.cachedContentTokenCount,
  candidates: usage.candidatesTokenCount,
  thoughts: usage.thoughtsTokenCount,
  tool: usage.toolUsePromptTokenCount,
});

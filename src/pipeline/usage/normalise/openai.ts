import { checked, type Normalised, without } from "./checked.ts";

/** `usage` of an answer of the Responses API. */
export interface ResponsesUsage {
  readonly input_tokens: number;
  readonly input_tokens_details?: { readonly cached_tokens?: number | null | undefined } | null | undefined;
  readonly output_tokens: number;
  readonly output_tokens_details?: { readonly reasoning_tokens?: number | null | undefined } | null | undefined;
}

/** `usage` of an answer of the Chat Completions API; of embeddings without the last two. */
export interface ChatUsage {
  readonly prompt_tokens: number;
  readonly prompt_tokens_details?: { readonly cached_tokens?: number | null | undefined } | null | undefined;
  readonly completion_tokens?: number | null | undefined;
  readonly completion_tokens_details?: { readonly reasoning_tokens?: number | null | undefined } | null | undefined;
}

/** Cached tokens are a part of the input, reasoning is one of the output. Writing into the cache costs nothing apart. */
export function fromOpenAi(usage: ResponsesUsage | ChatUsage): Normalised {
  const isChat = "prompt_tokens" in usage;
  const [input, cached] = isChat
    ? [usage.prompt_tokens, usage.prompt_tokens_details?.cached_tokens]
    : [usage.input_tokens, usage.input_tokens_details?.cached_tokens];
  const [out, reasoning] = isChat
    ? [usage.completion_tokens, usage.completion_tokens_details?.reasoning_tokens]
    : [usage.output_tokens, usage.output_tokens_details?.reasoning_tokens];
  const cacheRead = cached ?? 0;
  const uncached = without([isChat ? "prompt_tokens" : "input_tokens", input], ["cached_tokens", cacheRead]);
  if ("problem" in uncached) return uncached;
  return checked({ uncachedIn: uncached.rest, cacheRead, cacheWrite5m: 0, cacheWrite1h: 0, out: out ?? 0, reasoning: reasoning ?? 0 });
}

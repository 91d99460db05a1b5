import { checked, type Normalised, without } from "./checked.ts";

/** Since GPT-5.6 it says what was written into a cache as well, which has a price of its own. */
type InputDetails =
  | { readonly cached_tokens?: number | null | undefined; readonly cache_write_tokens?: number | null | undefined }
  | null
  | undefined;

/** `usage` of an answer of the Responses API. */
export interface ResponsesUsage {
  readonly input_tokens: number;
  readonly input_tokens_details?: InputDetails;
  readonly output_tokens: number;
  readonly output_tokens_details?: { readonly reasoning_tokens?: number | null | undefined } | null | undefined;
}

/** `usage` of an answer of the Chat Completions API; of embeddings without the last two. */
export interface ChatUsage {
  readonly prompt_tokens: number;
  readonly prompt_tokens_details?: InputDetails;
  readonly completion_tokens?: number | null | undefined;
  readonly completion_tokens_details?: { readonly reasoning_tokens?: number | null | undefined } | null | undefined;
}

/** Cached tokens, and those written into a cache, are a part of the input; reasoning is one of the output. */
export function fromOpenAi(usage: ResponsesUsage | ChatUsage): Normalised {
  const isChat = "prompt_tokens" in usage;
  const [input, details] = isChat ? [usage.prompt_tokens, usage.prompt_tokens_details] : [usage.input_tokens, usage.input_tokens_details];
  const [out, reasoning] = isChat
    ? [usage.completion_tokens, usage.completion_tokens_details?.reasoning_tokens]
    : [usage.output_tokens, usage.output_tokens_details?.reasoning_tokens];
  const cacheRead = details?.cached_tokens ?? 0;
  const written = details?.cache_write_tokens ?? 0;
  const unread = without([isChat ? "prompt_tokens" : "input_tokens", input], ["cached_tokens", cacheRead]);
  if ("problem" in unread) return unread;
  const uncached = without(["what was read from no cache", unread.rest], ["cache_write_tokens", written]);
  if ("problem" in uncached) return uncached;
  // It is kept for half an hour, mostly; the price of the shortest time is the vendor's usual one.
  return checked({
    uncachedIn: uncached.rest,
    cacheRead,
    cacheWrite5m: written,
    cacheWrite1h: 0,
    out: out ?? 0,
    reasoning: reasoning ?? 0,
  });
}

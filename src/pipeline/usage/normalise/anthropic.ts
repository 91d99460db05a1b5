import { checked, type Normalised, problemOf } from "./checked.ts";

/** `usage` of an answer of Anthropic's, and of a line in a transcript of Claude Code. */
export interface AnthropicUsage {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cache_read_input_tokens?: number | null | undefined;
  readonly cache_creation_input_tokens?: number | null | undefined;
  readonly cache_creation?:
    | {
        readonly ephemeral_5m_input_tokens?: number | null | undefined;
        readonly ephemeral_1h_input_tokens?: number | null | undefined;
      }
    | null
    | undefined;
}

/** `input_tokens` leaves out what was read from a cache or written into one. Thinking is in `output_tokens` and told nowhere apart. */
export function fromAnthropic(usage: AnthropicUsage): Normalised {
  const { input_tokens: uncachedIn, output_tokens: out, cache_creation: written } = usage;
  const for5m = written?.ephemeral_5m_input_tokens ?? 0;
  const cacheWrite1h = written?.ephemeral_1h_input_tokens ?? 0;
  const total = usage.cache_creation_input_tokens ?? for5m + cacheWrite1h;
  const problem = problemOf("cache_creation_input_tokens", total);
  if (problem !== undefined) return { problem };

  // A cache is kept for 5 minutes unless more is asked for; where the details say more than the total, they know better.
  const cacheWrite5m = Math.max(for5m, total - cacheWrite1h);
  return checked({ uncachedIn, cacheRead: usage.cache_read_input_tokens ?? 0, cacheWrite5m, cacheWrite1h, out, reasoning: 0 });
}

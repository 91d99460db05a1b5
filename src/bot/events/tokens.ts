import { z } from "zod";
import { mistakeInWords } from "../../config/mistake-in-words.ts";
import { fromAnthropic } from "../../pipeline/usage/normalise/anthropic.ts";
import { checked, mostOfSum, type Normalised } from "../../pipeline/usage/normalise/checked.ts";
import { fromGemini } from "../../pipeline/usage/normalise/gemini.ts";
import { fromOpenAi } from "../../pipeline/usage/normalise/openai.ts";
import type { Provider } from "../../pipeline/usage/usage.ts";

const count = z.number();
/** Vendors write null, or nothing, for nothing. */
const maybe = count.nullish();

/** What vendors add beside the counts that we use is left alone. */
const Anthropic = z.object({
  style: z.literal("anthropic"),
  input_tokens: count,
  output_tokens: count,
  cache_read_input_tokens: maybe,
  cache_creation_input_tokens: maybe,
  cache_creation: z.object({ ephemeral_5m_input_tokens: maybe, ephemeral_1h_input_tokens: maybe }).nullish(),
});

const cached = z.object({ cached_tokens: maybe, cache_write_tokens: maybe }).nullish();
const reasoning = z.object({ reasoning_tokens: maybe }).nullish();
const style = z.literal("openai");
const OpenAi = z.union(
  [
    z.object({
      style,
      prompt_tokens: count,
      prompt_tokens_details: cached,
      completion_tokens: maybe,
      completion_tokens_details: reasoning,
    }),
    z.object({ style, input_tokens: count, input_tokens_details: cached, output_tokens: count, output_tokens_details: reasoning }),
  ],
  "must be as OpenAI tells them: input_tokens and output_tokens, or prompt_tokens and completion_tokens",
);

const gemini = z.literal("gemini");
const Gemini = z.union(
  [
    z.object({
      style: gemini,
      promptTokenCount: count,
      cachedContentTokenCount: maybe,
      candidatesTokenCount: maybe,
      thoughtsTokenCount: maybe,
      toolUsePromptTokenCount: maybe,
    }),
    z.object({ style: gemini, prompt: count, cached: maybe, candidates: maybe, thoughts: maybe, tool: maybe }),
  ],
  "must be as Gemini tells them: promptTokenCount and candidatesTokenCount, or prompt and candidates of its command-line tool",
);

const Disjoint = z.strictObject({
  style: z.literal("disjoint"),
  uncachedIn: count,
  cacheRead: count.default(0),
  cacheWrite5m: count.default(0),
  cacheWrite1h: count.default(0),
  out: count,
  reasoning: count.default(0),
});

const shapes = { anthropic: Anthropic, openai: OpenAi, gemini: Gemini, disjoint: Disjoint };
const styles = Object.keys(shapes);
type Style = keyof typeof shapes;

/** `other` has none: that its counts look like a vendor's does not say that they mean the same. */
const styleOf: Readonly<Record<Provider, Style | undefined>> = {
  anthropic: "anthropic",
  openai: "openai",
  google: "gemini",
  other: undefined,
};

/** Takes the counts apart as their style, or that of the provider, says; a problem is a half-sentence. */
export function toTokens(given: Readonly<Record<string, unknown>>, provider: Provider, isSum = false): Normalised {
  const { style = styleOf[provider] } = given;
  if (typeof style !== "string" || !isStyle(style)) return { problem: `style must be one of ${styles.join(", ")}` };
  const read = shapes[style].safeParse({ ...given, style }, { error: mistakeInWords });
  if (!read.success) {
    const [issue] = read.error.issues;
    return { problem: [...(issue?.path ?? []), issue?.message].join(" ") };
  }
  switch (read.data.style) {
    case "anthropic":
      return fromAnthropic(read.data);
    case "openai":
      return fromOpenAi(read.data);
    case "gemini":
      return fromGemini(read.data);
    case "disjoint": {
      const { style: _, ...tokens } = read.data;
      return isSum ? checked(tokens, mostOfSum) : checked(tokens);
    }
  }
}

const isStyle = (style: string): style is Style => styles.includes(style);

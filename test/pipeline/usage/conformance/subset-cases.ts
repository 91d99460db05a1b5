import { fromGemini } from "../../../../src/pipeline/usage/normalise/gemini.ts";
import { fromOpenAi } from "../../../../src/pipeline/usage/normalise/openai.ts";
import type { PriceBook } from "../../../../src/pipeline/usage/price-book.ts";
import type { Case } from "./cases.ts";

/** A hard case of a vendor whose counts lie in each other, where Anthropic's lie beside each other. */
export interface SubsetCase extends Pick<Case, "name" | "rule" | "usd" | "ccusage" | "why"> {
  readonly model: "gpt-5" | "gemini-2.5-pro";
  readonly normalised: ReturnType<typeof fromOpenAi>;
  /** The same as the vendor's tool writes it, which ccusage reads: its path in the home folder, and its lines. */
  readonly file: { readonly path: string; readonly lines: readonly object[] };
}

const at = "2026-11-20T10:00:00.000Z";

interface Counts {
  readonly prompt: number;
  readonly cached: number;
  readonly out: number;
  readonly reasoning: number;
}

/** `out` holds the reasoning. */
function openAi(name: string, { prompt, cached, out, reasoning }: Counts): Pick<SubsetCase, "model" | "normalised" | "file"> {
  const counts = {
    input_tokens: prompt,
    cached_input_tokens: cached,
    output_tokens: out,
    reasoning_output_tokens: reasoning,
    total_tokens: prompt + out,
  };
  const info = { total_token_usage: counts, last_token_usage: counts };
  return {
    model: "gpt-5",
    normalised: fromOpenAi({
      input_tokens: prompt,
      input_tokens_details: { cached_tokens: cached },
      output_tokens: out,
      output_tokens_details: { reasoning_tokens: reasoning },
    }),
    file: {
      path: `.codex/sessions/2026/11/20/rollout-2026-11-20T10-00-00-${name}.jsonl`,
      lines: [
        { timestamp: at, type: "session_meta", payload: { id: name, timestamp: at, cwd: "/srv" } },
        { timestamp: at, type: "turn_context", payload: { cwd: "/srv", model: "gpt-5" } },
        { timestamp: at, type: "event_msg", payload: { type: "token_count", info } },
      ],
    },
  };
}

/** `out` leaves the reasoning out. */
function gemini(name: string, { prompt, cached, out, reasoning }: Counts): Pick<SubsetCase, "model" | "normalised" | "file"> {
  const tokens = { input: prompt, output: out, cached, thoughts: reasoning, tool: 0, total: prompt + out + reasoning };
  const message = { id: "m1", timestamp: at, type: "gemini", content: "x", model: "gemini-2.5-pro", tokens };
  return {
    model: "gemini-2.5-pro",
    normalised: fromGemini({
      promptTokenCount: prompt,
      cachedContentTokenCount: cached,
      candidatesTokenCount: out,
      thoughtsTokenCount: reasoning,
    }),
    file: {
      path: `.gemini/tmp/abc/chats/session-2026-11-20T10-00-${name}.json`,
      lines: [{ sessionId: name, projectHash: "abc", startTime: at, lastUpdated: at, messages: [message] }],
    },
  };
}

export const subsetCases: readonly SubsetCase[] = [
  {
    name: "OpenAI: 1,000 tokens in, 400 of them cached; 80 out, 30 of them reasoning",
    ...openAi("o1", { prompt: 1_000, cached: 400, out: 80, reasoning: 30 }),
    rule: "cached tokens are part of the input, reasoning is part of the output",
    usd: "0.0016",
    ccusage: "0.0016",
  },
  {
    name: "OpenAI: everything cached, all reasoning",
    ...openAi("o2", { prompt: 1_000_000, cached: 1_000_000, out: 1_000, reasoning: 1_000 }),
    rule: "nothing of it is paid for twice",
    usd: "0.135",
    ccusage: "0.135",
  },
  {
    name: "Gemini: 1,000 tokens in, 400 of them cached; 50 out and 30 thoughts",
    ...gemini("g1", { prompt: 1_000, cached: 400, out: 50, reasoning: 30 }),
    rule: "cached tokens are part of the prompt, thoughts are billed as output beside it",
    usd: "0.0016",
    ccusage: "0.0016",
  },
  {
    name: "Gemini: 300,000 tokens in, 250,000 of them cached",
    ...gemini("g2", { prompt: 300_000, cached: 250_000, out: 100, reasoning: 0 }),
    rule: "above 200,000 the whole request has the long prices, the cached tokens too",
    usd: "0.189",
    ccusage: "0.189",
  },
];

const perToken = (usdPerMillion: number): bigint => BigInt(Math.round(usdPerMillion * 1_000_000));
const prices = (input: number, cached: number, out: number) => ({
  uncachedIn: perToken(input),
  cacheRead: perToken(cached),
  cacheWrite5m: perToken(input),
  cacheWrite1h: perToken(input),
  out: perToken(out),
});
const since = { from: 0, source: "https://example.org" };

/** OpenAI's and Google's list prices. */
export const subsetPrices: PriceBook["models"] = [
  { name: "gpt-5", provider: "openai", aliases: [], limits: {}, prices: [{ ...since, ...prices(1.25, 0.125, 10) }] },
  {
    name: "gemini-2.5-pro",
    provider: "google",
    aliases: [],
    limits: {},
    prices: [{ ...since, ...prices(1.25, 0.125, 10), long: { above: 200_000, ...prices(2.5, 0.25, 15) } }],
  },
];

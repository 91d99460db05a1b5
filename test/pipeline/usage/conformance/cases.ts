import type { Price, PriceBook } from "../../../../src/pipeline/usage/price-book.ts";

/** A hard case: what a transcript holds, what the vendor bills for it, and what ccusage 20.0.24 says. */
export interface Case {
  readonly name: string;
  /** Files by their names, each a list of rows; those of `second` are another session's. */
  readonly rows: readonly Row[];
  readonly second?: readonly Row[];
  readonly subagent?: readonly Row[];
  /** The vendor's rule, and what it comes to: a decimal with every digit, or `unpriced`. */
  readonly rule: string;
  readonly usd: string;
  /** As ccusage prints it, over all sessions of the case; recorded by running it. */
  readonly ccusage: string;
  /** Where they differ: why. */
  readonly why?: string;
}

export type Row = object | string;

const at = "2026-11-20T10:00:00.000Z";
const sonnet4 = "claude-sonnet-4-20250514";
const haiku = "claude-haiku-4-5-20251001";

interface Counts {
  readonly in?: number;
  readonly out?: number;
  readonly read?: number;
  readonly write5m?: number;
  readonly write1h?: number;
}

let rows = 0;
/** A row with a message and request of its own unless told. */
function row(
  model: string,
  counts: Counts,
  { message = {}, usage = {}, ...more }: { message?: object; usage?: object; [key: string]: unknown } = {},
): object {
  rows += 1;
  const { in: input = 0, out = 0, read = 0, write5m = 0, write1h = 0 } = counts;
  return {
    type: "assistant",
    isSidechain: false,
    timestamp: at,
    requestId: `req_c${rows}`,
    ...more,
    message: {
      id: `msg_c${rows}`,
      role: "assistant",
      model,
      usage: {
        input_tokens: input,
        output_tokens: out,
        cache_read_input_tokens: read,
        cache_creation_input_tokens: write5m + write1h,
        cache_creation: { ephemeral_5m_input_tokens: write5m, ephemeral_1h_input_tokens: write1h },
        ...usage,
      },
      ...message,
    },
  };
}

const same = (id: string) => ({ requestId: `req_${id}`, message: { id: `msg_${id}` } });
const copied = row(haiku, { in: 1_000, out: 100 }, same("copied"));
const replayed = row(haiku, { in: 1_000, out: 100 }, same("replayed"));

export const cases: readonly Case[] = [
  {
    name: "100,000 tokens written into a cache for 5 minutes",
    rows: [row(sonnet4, { write5m: 100_000 })],
    rule: "1.25 times the price of input",
    usd: "0.375",
    ccusage: "0.375",
  },
  {
    name: "100,000 tokens written into a cache for an hour",
    rows: [row(sonnet4, { write1h: 100_000 })],
    rule: "twice the price of input",
    usd: "0.6",
    ccusage: "0.6",
  },
  {
    name: "tokens read from a cache, beside those that are not",
    rows: [row(haiku, { in: 1_000, read: 1_000_000, out: 10 })],
    rule: "input_tokens leaves them out; a tenth of the price of input",
    usd: "0.10105",
    ccusage: "0.10104999999999999",
    why: "it adds up floats",
  },
  {
    name: "a prompt of 300,000 tokens",
    rows: [row(sonnet4, { in: 300_000, out: 1_000 })],
    rule: "above 200,000 the whole request has the long prices",
    usd: "1.8225",
    ccusage: "1.2149999999999999",
    why: "it gives long prices only to what is above 200,000",
  },
  {
    name: "a prompt of 150,000 tokens beside 100,000 from a cache",
    rows: [row(sonnet4, { in: 150_000, read: 100_000, out: 1_000 })],
    rule: "cached tokens count for the 200,000",
    usd: "0.9825",
    ccusage: "0.495",
    why: "it compares each kind of token with the 200,000 by itself",
  },
  {
    name: "a prompt of exactly 200,000 tokens",
    rows: [row(sonnet4, { in: 200_000, out: 1_000 })],
    rule: "only what is above it is long",
    usd: "0.615",
    ccusage: "0.615",
  },
  {
    name: "an answer told twice as it streams, fuller the second time",
    rows: [row(haiku, { in: 1_000, out: 1 }, same("streamed")), row(haiku, { in: 1_000, out: 512 }, same("streamed"))],
    rule: "one request, with all that came out",
    usd: "0.00356",
    ccusage: "0.0035600000000000002",
    why: "it adds up floats",
  },
  {
    name: "an answer told twice as it streams, fuller the first time",
    rows: [row(haiku, { in: 1_000, out: 512 }, same("early")), row(haiku, { in: 1_000, out: 1 }, same("early"))],
    rule: "one request, with all that came out",
    usd: "0.00356",
    ccusage: "0.0035600000000000002",
    why: "it adds up floats",
  },
  {
    name: "a resumed session that repeats a request of the first",
    rows: [copied],
    second: [copied],
    rule: "one request",
    usd: "0.0015",
    ccusage: "0.0015",
  },
  {
    name: "a request repeated in a sub-agent's file",
    rows: [replayed],
    subagent: [{ ...replayed, isSidechain: true }],
    rule: "one request",
    usd: "0.0015",
    ccusage: "0.0015",
  },
  {
    name: "a sub-agent's own request",
    rows: [row(haiku, { in: 1_000 })],
    subagent: [row(haiku, { in: 2_000 }, { isSidechain: true })],
    rule: "it is billed as any other",
    usd: "0.003",
    ccusage: "0.003",
  },
  {
    name: "two rows of one message without a requestId",
    rows: [1, 2].map(() => row(haiku, { in: 1_000, out: 100 }, { message: { id: "msg_none" }, requestId: undefined })),
    rule: "one request, as the message is one",
    usd: "0.0015",
    ccusage: "0.0015",
  },
  {
    name: "a row whose requestId is empty",
    rows: [row(haiku, { in: 1_000, out: 100 }, { requestId: "" })],
    rule: "one request",
    usd: "0.0015",
    ccusage: "nothing",
    why: "it drops the row",
  },
  {
    name: "a row that says what it cost, of a model with a price",
    rows: [row(haiku, { in: 1_000, out: 100 }, { costUSD: 1.25 })],
    rule: "the price of its day",
    usd: "0.0015",
    ccusage: "1.25",
    why: "it takes what the row says first",
  },
  {
    name: "a row that says what it cost, of a model without a price",
    rows: [row("model-of-tomorrow", { in: 1_000, out: 100 }, { costUSD: 1.25 })],
    rule: "what is said",
    usd: "1.25",
    ccusage: "1.25",
  },
  {
    name: "a model without a price",
    rows: [row("model-of-tomorrow", { in: 1_000, out: 100 })],
    rule: "not known, which is not nothing",
    usd: "unpriced",
    ccusage: "0",
    why: "it takes no price for a price of 0, and names the model",
  },
  {
    name: "an answer that Claude Code wrote itself, and one without tokens",
    rows: [row(haiku, { in: 1_000 }), row("<synthetic>", { in: 5_000 }), row(haiku, {})],
    rule: "nobody is billed for it",
    usd: "0.001",
    ccusage: "0.001",
  },
  {
    name: "a line that is cut off",
    rows: [row(haiku, { in: 1_000 }), '{"type":"assistant","message":{"usage":{"input_to'],
    rule: "what can be read counts; we tell of the line",
    usd: "0.001",
    ccusage: "0.001",
  },
  {
    name: "two requests of one model",
    rows: [row(haiku, { in: 100_000 }), row(haiku, { in: 200_000 })],
    rule: "exact",
    usd: "0.3",
    ccusage: "0.3",
  },
];

const perMillion = (usd: number): bigint => BigInt(Math.round(usd * 1e6));
const prices = (input: number, output: number) => ({
  uncachedIn: perMillion(input),
  cacheRead: perMillion(input * 0.1),
  cacheWrite5m: perMillion(input * 1.25),
  cacheWrite1h: perMillion(input * 2),
  out: perMillion(output),
});
const since = (price: Omit<Price, "from" | "source">): readonly Price[] => [{ from: 0, source: "https://claude.com/pricing", ...price }];

/** As the vendor's list says. */
export const listPrices: PriceBook = {
  lastUpdated: "2026-11-23",
  models: [
    {
      name: sonnet4,
      provider: "anthropic",
      aliases: [],
      limits: {},
      prices: since({ ...prices(3, 15), long: { above: 200_000, ...prices(6, 22.5) } }),
    },
    { name: haiku, provider: "anthropic", aliases: [], limits: {}, prices: since(prices(1, 5)) },
  ],
  thresholds: {},
  isAlerting: false,
};

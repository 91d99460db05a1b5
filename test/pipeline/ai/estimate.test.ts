import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packagedPriceBook } from "../../../src/config/read-price-book.ts";
import { candidatesOf, estimate, mostOf } from "../../../src/pipeline/ai/estimate.ts";
import { estimateTokens } from "../../../src/pipeline/sessions/estimate-tokens.ts";
import { toEntry } from "../../../src/pipeline/usage/to-entry.ts";
import type { Usage } from "../../../src/pipeline/usage/usage.ts";
import { aProvider } from "./a-provider.ts";
import { aBook, aChannel, aModel, aPrompt, usd } from "./asking.ts";

const book = packagedPriceBook();
const at = Date.parse("2026-11-23T12:00:00Z");
const day = (text: string) => Date.parse(text);

/** What the ledger will say that it costs. */
const costOf = (model: string, tokens: Usage["tokens"], service = "openai-api") =>
  toEntry({ id: "x", at, provider: "openai", model, service, basis: "metered", tokens }, book).costPico ?? 0n;

describe("an estimate", () => {
  it("is never less than what the ledger will say, however the tokens of the prompt are split, and beyond the price for long ones", () => {
    const models = ["o3", "gpt-6.1-sol", "gemini-2.5-pro", "gemini-3.8-flash", "claude-sonnet-5-5"];
    const splits = fc.record({
      model: fc.constantFrom(...models),
      words: fc.constantFrom(0, 10, 1_000, 150_000, 300_000),
      parts: fc.array(fc.nat(100), { minLength: 4, maxLength: 4 }),
      out: fc.nat(10_000),
    });
    fc.assert(
      fc.property(splits, ({ model, words, parts, out }) => {
        const prompt = aPrompt({ data: "word ".repeat(words) });
        const channel = aChannel({ models: [{ id: model }], mostOut: 10_000 });
        const inAll = [prompt.instructions, prompt.data, JSON.stringify(prompt.schema)].reduce(
          (sum, text) => sum + estimateTokens(text),
          0,
        );
        const all = Math.max(
          1,
          parts.reduce((sum, part) => sum + part, 0),
        );
        const [uncachedIn = 0, cacheRead = 0, cacheWrite5m = 0, cacheWrite1h = 0] = parts.map((part) => Math.floor((inAll * part) / all));

        const { mostPico } = estimate([prompt], channel, book, at) ?? {};

        const cost = costOf(model, { uncachedIn, cacheRead, cacheWrite5m, cacheWrite1h, out, reasoning: 0 });
        expect(cost <= (mostPico ?? 0n)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it("has the price of long prompts for a long one, and of a cache that is written", () => {
    const long = aPrompt({ data: "word ".repeat(300_000) });
    const channel = aChannel({ models: [{ id: "gpt-6.1-sol" }], mostOut: 0 });
    const tokens = Math.ceil((estimateTokens(long.data) + estimateTokens(long.instructions) + estimateTokens('{"type":"object"}')) * 1.4);

    expect(estimate([long], channel, book, at)?.mostPico).toBe(BigInt(tokens) * usd("0.000005"));
  });

  it("adds up what a tool may come to that goes on asking with what it was answered, and twice that where it may miss the shape", () => {
    const dollarIn = aBook({ models: [aModel("old", {}, { uncachedIn: usd("1") })] });
    const costs = (changes: Parameters<typeof aProvider>[0]) => {
      const provider = aProvider(changes);
      return mostOf(aPrompt({ instructions: "", data: "", schema: "" }), { provider, model: "old" }, { mostOut: 10 }, dollarIn, at);
    };
    const one = costs({}) ?? 0n;
    const tokens = one / usd("1") - 10n;

    // Three times what it is asked and answers, once the first answer and twice, so to say, the second.
    expect(costs({ mostRequests: 3 })).toBe(usd("1") * (3n * (tokens + 10n) + 30n));
    expect(costs({ isFreeText: true })).toBe(2n * one);
    expect(costs({ overheadTokens: 7 })).toBe(one + usd("7"));
  });

  it("is that of the dearest candidate, of all prompts together, and says who is asked first", () => {
    const cheap = aModel("new", {}, { out: usd("0.1") });
    const channel = aChannel({ models: [{ id: "new" }, { id: "old" }] });

    const expected = estimate([aPrompt(), aPrompt()], channel, aBook({ models: [cheap, aModel("old")] }), at);

    expect(expected).toMatchObject({ mostPico: usd("20"), first: { model: "new" } });
  });

  it("is nothing where nobody pays by the request, and that of who does where another one may stand in", () => {
    const subscribed = aProvider({ basis: "subscription" });
    const free = aProvider({ basis: "free" });

    expect(estimate([aPrompt()], aChannel({ providers: [subscribed, free] }), aBook(), at)?.mostPico).toBeNull();
    expect(estimate([aPrompt()], aChannel({ providers: [subscribed, aProvider()] }), aBook(), at)?.mostPico).toBe(usd("10"));
  });

  it("is nothing where the vendor gives tokens away through its tool, and by the tool's prices where it sells them", () => {
    const throughCli = (uncachedIn: string, out: string) =>
      aBook({
        models: [
          aModel("old", {
            prices: aModel("old").prices.map((price) => ({ ...price, cli: { uncachedIn: usd(uncachedIn), out: usd(out) } })),
          }),
        ],
      });
    const channel = aChannel({ providers: [aProvider({ service: "gemini-cli" })] });

    expect(estimate([aPrompt()], channel, throughCli("0", "0"), at)?.mostPico).toBeNull();
    expect(estimate([aPrompt()], channel, throughCli("0", "2"), at)?.mostPico).toBe(usd("20"));
  });
});

describe("who may be asked", () => {
  const names = (...given: Parameters<typeof candidatesOf>) =>
    candidatesOf(...given).map(({ provider, model }) => `${provider.name} ${model}`);

  it("is each provider in turn, with its models in order", () => {
    const channel = aChannel({ providers: [aProvider({ name: "A" }), aProvider({ name: "B" })] });

    expect(names(channel, aBook(), at)).toEqual(["A old", "A new", "B old", "B new"]);
  });

  it("is the successor from the day on which a model retires", () => {
    const channel = aChannel({ models: [{ id: "old", retiresAt: day("2026-12-11") }, { id: "new" }] });

    expect(names(channel, aBook(), day("2026-12-11") - 1)).toEqual(["OpenAI old", "OpenAI new"]);
    expect(names(channel, aBook(), day("2026-12-11"))).toEqual(["OpenAI new"]);
  });

  it("is no model without a price, unless nobody pays by the request", () => {
    const channel = aChannel({ providers: [aProvider({ name: "A" }), aProvider({ name: "B", basis: "subscription" })] });

    expect(names(channel, aBook({ models: [aModel("new")] }), at)).toEqual(["A new", "B old", "B new"]);
    expect(estimate([aPrompt()], aChannel(), aBook({ models: [] }), at)).toBeUndefined();
  });
});

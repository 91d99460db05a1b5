import { assert, integer, property, record } from "fast-check";
import { describe, expect, it } from "vitest";
import { exactUsd } from "../../../src/pipeline/usage/money.ts";
import { costOf, modelNamed, type Price, type PriceBook, priceAt, type TokenPrices } from "../../../src/pipeline/usage/price-book.ts";
import type { Tokens } from "../../../src/pipeline/usage/usage.ts";

const none: Tokens = { uncachedIn: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, out: 0, reasoning: 0 };

/** Pico-dollars a token are millionths of the dollars a million tokens. */
const usd = (ofMillion: number): bigint => BigInt(Math.round(ofMillion * 1_000_000));
const prices = (uncachedIn: number, cacheRead: number, cacheWrite5m: number, cacheWrite1h: number, out: number): TokenPrices => ({
  uncachedIn: usd(uncachedIn),
  cacheRead: usd(cacheRead),
  cacheWrite5m: usd(cacheWrite5m),
  cacheWrite1h: usd(cacheWrite1h),
  out: usd(out),
});

const sonnet: Price = {
  ...prices(3, 0.3, 3.75, 6, 15),
  from: 0,
  source: "https://example.com",
  long: { above: 200_000, ...prices(6, 0.6, 7.5, 12, 22.5) },
};

describe("what a request costs", () => {
  it.each<[string, Partial<Tokens>, string]>([
    ["nothing", {}, "0"],
    ["one token in", { uncachedIn: 1 }, "0.000003"],
    ["one token of the cheapest kind", { cacheRead: 1 }, "0.0000003"],
    ["as much as is not long yet", { uncachedIn: 200_000, out: 1_000 }, "0.615"],
    ["one token more: all of it at the long price, what comes out too", { uncachedIn: 200_001, out: 1_000 }, "1.222506"],
    ["300k in, as the vendor bills it", { uncachedIn: 300_000, out: 1_000 }, "1.8225"],
    ["150k in and 100k read from a cache: together they are long", { uncachedIn: 150_000, cacheRead: 100_000, out: 1_000 }, "0.9825"],
    ["what is written into caches counts, too", { uncachedIn: 100_000, cacheWrite5m: 60_000, cacheWrite1h: 40_001 }, "1.530012"],
    ["what comes out does not", { uncachedIn: 100_000, out: 150_000 }, "2.55"],
    ["100k written for 5 minutes", { cacheWrite5m: 100_000 }, "0.375"],
    ["100k written for an hour", { cacheWrite1h: 100_000 }, "0.6"],
    ["reasoning is a part of what comes out, and costs nothing beside it", { out: 1_000, reasoning: 900 }, "0.015"],
  ])("%s", (_, tokens, cost) => {
    expect(exactUsd(costOf({ ...none, ...tokens }, sonnet))).toBe(cost);
  });

  it("is exact where binary fractions are not, and beyond the numbers that they hold", () => {
    const cheap: Price = { ...prices(0.000001, 0, 0, 0, 0.000003), from: 0, source: "" };

    expect(costOf({ ...none, uncachedIn: 1, out: 1 }, cheap)).toBe(4n);
    expect(exactUsd(costOf({ ...none, uncachedIn: Number.MAX_SAFE_INTEGER }, sonnet))).toBe("54043195528.445946");
  });

  it("of two requests that are not long is the sum of both", () => {
    const some = integer({ min: 0, max: 20_000 });
    const tokens = record({ uncachedIn: some, cacheRead: some, cacheWrite5m: some, cacheWrite1h: some, out: some, reasoning: some });

    assert(
      property(tokens, tokens, (one, other) => {
        const both = Object.fromEntries(
          Object.entries(one).map(([key, count]) => [key, count + other[key as keyof Tokens]]),
        ) as unknown as Tokens;
        return costOf(both, sonnet) === costOf(one, sonnet) + costOf(other, sonnet);
      }),
    );
  });
});

describe("a model's name", () => {
  const model = (name: string, aliases: readonly string[] = []) =>
    ({ name, provider: "other", aliases, prices: [sonnet], limits: {} }) as const;
  const book: PriceBook = {
    lastUpdated: "2026-11-23",
    models: [model("claude-sonnet-4-5"), model("o3", ["o3-2025-01-01"]), model("o3-2025-04-16"), model("gpt-5", ["gpt-five"])],
    thresholds: {},
    isAlerting: true,
  };

  it.each([
    ["claude-sonnet-4-5", "claude-sonnet-4-5"],
    ["claude-sonnet-4-5-20250929", "claude-sonnet-4-5"],
    ["claude-sonnet-4-5@20250929", "claude-sonnet-4-5"],
    ["claude-sonnet-4-5-latest", "claude-sonnet-4-5"],
    ["claude-sonnet-4-5[1m]", "claude-sonnet-4-5"],
    ["claude-sonnet-4-5-20250929[1m]", "claude-sonnet-4-5"],
    ["o3-2025-04-16", "o3-2025-04-16"],
    ["o3-2025-04-17", "o3"],
    ["o3-2025-01-01", "o3"],
    ["gpt-five-2026-01-01", "gpt-5"],
    ["o3-pro", undefined],
    ["claude-sonnet-4", undefined],
    ["claude-sonnet-4-5-2025", undefined],
    ["", undefined],
    ["toString", undefined],
  ])("%j is %s", (name, found) => {
    expect(modelNamed(book, name)?.name).toBe(found);
  });

  it("has the price of its moment, from the first of a day until the first of another", () => {
    const [from, until] = [Date.parse("2026-10-07"), Date.parse("2026-11-01")];
    const priced = { ...model("x"), prices: [{ ...sonnet, from, until }] };

    expect([from - 1, from, until - 1, until].map((at) => priceAt(priced, at) !== undefined)).toEqual([false, true, true, false]);
  });
});

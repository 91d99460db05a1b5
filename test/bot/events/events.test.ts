import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aReserve, aUsage, type Listening, listen } from "./listening.ts";

let bot: Listening;
beforeEach(async () => {
  bot = await listen();
});
afterEach(() => bot[Symbol.asyncDispose]());

const statusesOf = (results: readonly { readonly status: string }[]) => results.map(({ status }) => status);

describe("usage that is told", () => {
  it("is in the ledger, at the price of its day", async () => {
    const results = await bot.tell(aUsage());

    expect(results).toEqual([{ index: 0, id: "anthropic:msg_1", status: "recorded" }]);
    expect(await bot.total()).toMatchObject({
      requests: 1,
      tokens: { uncachedIn: 1_000, out: 100 },
      costPico: { metered: 4_500_000_000n },
    });
  });

  it("has the budgets looked at that it counts against", async () => {
    await bot.tell(aUsage());

    const touched = await bot.records.transaction((tx) => tx.budgets.takeTouched(10));
    expect(touched).toEqual(expect.arrayContaining([expect.objectContaining({ subject: { scope: "session", session: "s1" } })]));
  });

  it("is kept once, however often it comes, and of two tellings the fuller one", async () => {
    const streaming = aUsage({ tokens: { input_tokens: 1_000, output_tokens: 1 } });

    expect(statusesOf(await bot.tell(streaming, streaming))).toEqual(["recorded", "known"]);
    expect(statusesOf(await bot.tell(aUsage(), streaming))).toEqual(["amended", "known"]);

    expect(await bot.total()).toMatchObject({ requests: 1, tokens: { out: 100 } });
  });

  it("keeps nothing else out when it is wrong", async () => {
    const events = [aUsage({ id: "a" }), { ...aUsage({ id: "b" }), model: undefined }, null, aUsage({ id: "c" })];

    const results = await bot.tell(...events);

    expect(results).toEqual([
      { index: 0, id: "a", status: "recorded" },
      { index: 1, id: "b", status: "invalid", message: "model is missing." },
      { index: 2, status: "invalid", message: expect.any(String) },
      { index: 3, id: "c", status: "recorded" },
    ]);
    const response = await bot.post({ events });
    expect(await response.json()).toMatchObject({ counts: { recorded: 0, known: 2, invalid: 2 } });
  });

  it("says all that it was for", async () => {
    const attribution = { session: "s2", repository: "acme/shop", pullRequest: 12, phase: "review", actor: "ada" };

    await bot.tell(aUsage({ ...attribution, runId: 7_000_000_000, basis: "subscription", isSidechain: true, reservation: "r9" }));

    const sums = await bot.ledger((ledger) => ledger.sums({}, ["session", "pr", "phase", "actor", "basis"]));
    expect(sums.map(({ group }) => group)).toEqual([["s2", "acme/shop#12", "review", "ada", "subscription"]]);
  });

  it.each<[string, object, object]>([
    ["Anthropic's", {}, { uncachedIn: 1_000, out: 100 }],
    [
      "Anthropic's with all that it adds",
      {
        tokens: {
          input_tokens: 5,
          output_tokens: 6,
          cache_read_input_tokens: 7,
          cache_creation_input_tokens: 9,
          cache_creation: { ephemeral_5m_input_tokens: 4, ephemeral_1h_input_tokens: 5 },
          server_tool_use: { web_search_requests: 1 },
          service_tier: "standard",
        },
      },
      { uncachedIn: 5, cacheRead: 7, cacheWrite5m: 4, cacheWrite1h: 5, out: 6 },
    ],
    [
      "OpenAI's",
      {
        provider: "openai",
        tokens: { input_tokens: 10, input_tokens_details: { cached_tokens: 4, cache_write_tokens: 5 }, output_tokens: 5 },
      },
      { uncachedIn: 1, cacheRead: 4, cacheWrite5m: 5, out: 5 },
    ],
    [
      "OpenAI's of before",
      { provider: "openai", tokens: { prompt_tokens: 10, completion_tokens: 5, completion_tokens_details: { reasoning_tokens: 3 } } },
      { uncachedIn: 10, out: 5, reasoning: 3 },
    ],
    [
      "what speaks as OpenAI does",
      {
        provider: "other",
        tokens: { style: "openai", prompt_tokens: 10, prompt_tokens_details: { cached_tokens: 9 }, completion_tokens: 5 },
      },
      { uncachedIn: 1, cacheRead: 9, out: 5 },
    ],
    [
      "Gemini's",
      { provider: "google", tokens: { promptTokenCount: 10, cachedContentTokenCount: 4, candidatesTokenCount: 5, thoughtsTokenCount: 3 } },
      { uncachedIn: 6, cacheRead: 4, out: 8, reasoning: 3 },
    ],
    [
      "the Gemini CLI's",
      { provider: "google", tokens: { input: 6, prompt: 10, candidates: 5, total: 18, cached: 4, thoughts: 3, tool: 0 } },
      { uncachedIn: 6, cacheRead: 4, out: 8, reasoning: 3 },
    ],
    [
      "counts that are taken apart already",
      { tokens: { style: "disjoint", uncachedIn: 1, cacheWrite1h: 2, out: 3 } },
      { uncachedIn: 1, cacheWrite1h: 2, out: 3 },
    ],
  ])("counts each token of %s once", async (_, changes, tokens) => {
    expect(statusesOf(await bot.tell(aUsage(changes)))).toEqual(["recorded"]);

    const none = { uncachedIn: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, out: 0, reasoning: 0 };
    expect((await bot.total())?.tokens).toEqual({ ...none, ...tokens });
  });

  it.each<[string, object, string]>([
    ["a model without a price", { model: "brand-new" }, "metered 0, unpriced 1100"],
    ["one that says what it cost", { model: "brand-new", costUsd: 0.25 }, "metered 250000000000, unpriced 0"],
    ["one that says it exactly", { model: "brand-new", costUsd: "0.000000000001" }, "metered 1, unpriced 0"],
    ["one that is free", { model: "brand-new", basis: "free" }, "metered 0, unpriced 0"],
  ])("knows what is not known of %s", async (_, changes, words) => {
    await bot.tell(aUsage(changes));

    const total = await bot.total();
    expect(`metered ${total?.costPico.metered}, unpriced ${total?.unpricedTokens}`).toBe(words);
  });
});

describe("a reservation", () => {
  it("keeps the money until it is settled: two that do not fit together do not both begin", async () => {
    const [first, second] = await bot.tell(aReserve({ id: "r1", estimateUsd: "6" }), aReserve({ id: "r2", estimateUsd: 6 }));

    expect(first).toEqual({ index: 0, id: "r1", status: "granted" });
    expect(second).toMatchObject({ index: 1, id: "r2", status: "refused", reason: "budget", leftUsd: "4" });
    expect(second?.message).toContain("$4.00 left");

    const [, third] = await bot.tell({ type: "settle", id: "e1", reservation: "r1" }, aReserve({ id: "r2", estimateUsd: 6 }));
    expect(third?.status).toBe("granted");
  });

  it("sees what was spent before it in its batch", async () => {
    const big = aUsage({ tokens: { input_tokens: 2_000_000, output_tokens: 0 } });

    const results = await bot.tell(big, aReserve({ estimateUsd: "5" }));

    expect(statusesOf(results)).toEqual(["recorded", "refused"]);
    expect(results[1]?.leftUsd).toBe("4");
  });

  it("is granted again to whoever asks again", async () => {
    expect(statusesOf(await bot.tell(aReserve(), aReserve()))).toEqual(["granted", "granted"]);
  });

  it("may be of nothing, where nobody is billed", async () => {
    expect(statusesOf(await bot.tell(aReserve({ estimateUsd: null })))).toEqual(["granted"]);
  });

  it("is settled twice without harm, and never when it is not there", async () => {
    const settle = { type: "settle", id: "e1", reservation: "r1" };

    expect(statusesOf(await bot.tell(settle, aReserve(), settle, settle))).toEqual([
      "unknown_reservation",
      "granted",
      "settled",
      "settled",
    ]);
  });
});

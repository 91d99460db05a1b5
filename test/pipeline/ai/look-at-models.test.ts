import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { logModels } from "../../../src/bot/log-models.ts";
import type { Channel } from "../../../src/pipeline/ai/channel.ts";
import { candidatesOf } from "../../../src/pipeline/ai/estimate.ts";
import { lookAtModels } from "../../../src/pipeline/ai/look-at-models.ts";
import { createRetirements } from "../../../src/pipeline/ai/retirements.ts";
import type { PriceBook } from "../../../src/pipeline/usage/price-book.ts";
import { aProvider } from "./a-provider.ts";
import { aBook, aChannel, aModel } from "./asking.ts";

const day = (text: string) => Date.parse(text);

/** A bot with that channel, and nothing else. */
function aStart(channel: Channel, priceBook: PriceBook = aBook()) {
  const retirements = createRetirements();
  const world = {
    now: day("2026-11-23"),
    channels: retirements.over({ of: (name) => (name === channel.name ? channel : undefined) }),
    look: () => lookAtModels({ channels: world.channels, priceBook, now: () => world.now }, retirements, new AbortController().signal),
    models: () => candidatesOf(world.channels.of(channel.name) as Channel, priceBook, world.now).map(({ model }) => model),
  };
  return world;
}

describe("a look at the models", () => {
  it("says who can be asked where nothing is wrong, having asked nobody anything", async () => {
    const provider = aProvider();

    expect(await aStart(aChannel({ providers: [provider] })).look()).toEqual({ channels: ["o3"], notices: [] });

    expect([provider.looks, provider.calls]).toEqual([[["old", "new"]], []]);
  });

  it("tells 30 days before that a model retires, and who stands in, or that nobody does", async () => {
    const models = [{ id: "old", retiresAt: day("2026-12-11") }, { id: "new" }];
    const alone = [{ id: "old", retiresAt: day("2026-12-11") }];
    const start = aStart(aChannel({ models }));

    expect((await start.look()).notices).toEqual([
      { channel: "o3", model: "old", problem: "old retires on 2026-12-11. new stands in from then on." },
    ]);
    expect((await aStart(aChannel({ models: alone })).look()).notices).toEqual([
      {
        channel: "o3",
        model: "old",
        problem: "old retires on 2026-12-11. Nobody succeeds it: name another one in ai.channels of the settings.",
      },
    ]);
    start.now = day("2026-11-10");
    expect((await start.look()).notices).toEqual([]);
  });

  it("goes by the vendor's word where that is sooner than the settings, and passes the model over from then on", async () => {
    const provider = aProvider();
    provider.tell([{ model: "old", state: "there", retiresAt: day("2026-12-01") }]);
    const start = aStart(aChannel({ providers: [provider], models: [{ id: "old", retiresAt: day("2026-12-11") }, { id: "new" }] }));

    expect((await start.look()).notices).toMatchObject([{ problem: "old retires on 2026-12-01. new stands in from then on." }]);

    expect(start.models()).toEqual(["old", "new"]);
    start.now = day("2026-12-01");
    expect(start.models()).toEqual(["new"]);
  });

  it("goes by the settings where these are sooner", async () => {
    const provider = aProvider();
    provider.tell([{ model: "old", state: "there", retiresAt: day("2027-12-01") }]);
    const start = aStart(aChannel({ providers: [provider], models: [{ id: "old", retiresAt: day("2026-12-11") }, { id: "new" }] }));

    expect((await start.look()).notices).toMatchObject([{ problem: expect.stringContaining("2026-12-11") }]);
  });

  it("tells of a model that is not there, and of one without a price", async () => {
    const provider = aProvider();
    provider.tell([
      { model: "old", state: "absent" },
      { model: "new", state: "there" },
    ]);

    expect((await aStart(aChannel({ providers: [provider] }), aBook({ models: [aModel("old")] })).look()).notices).toEqual([
      {
        channel: "o3",
        provider: "OpenAI",
        model: "old",
        problem: "OpenAI has no model old. Name another one in ai.channels of the settings.",
      },
      {
        channel: "o3",
        provider: "OpenAI",
        model: "new",
        problem:
          "new has no price in config/model-pricing.json, so that nobody knows what it may cost and it is not asked. Add its price, or name another one.",
      },
    ]);
  });

  it("tells once of a provider that cannot be used, whichever the model", async () => {
    const provider = aProvider();
    provider.tell(["old", "new"].map((model) => ({ model, state: "unknown", problem: "There is no program gemini: install it." })));

    expect((await aStart(aChannel({ providers: [provider, aProvider()] })).look()).notices).toEqual([
      { channel: "o3", provider: "OpenAI", problem: "There is no program gemini: install it." },
    ]);
  });

  it("tells that nobody is left", async () => {
    const start = aStart(aChannel({ models: [{ id: "old", retiresAt: day("2026-11-01") }] }));

    expect((await start.look()).notices).toEqual([
      { channel: "o3", problem: expect.stringMatching(/^All models of o3 have been retired \(old\)/) },
    ]);
  });
});

describe("the log at a start", () => {
  const logged = async (channel: Channel | undefined, stop = new AbortController().signal) => {
    const lines: Record<string, unknown>[] = [];
    const log = pino({ base: null }, { write: (line: string) => void lines.push(JSON.parse(line)) });
    const services = {
      channels: { of: (name: string) => (name === channel?.name ? channel : undefined) },
      priceBook: aBook(),
      now: () => 0,
    };
    await logModels(services, createRetirements(), log, stop);
    return lines.map(({ time: _, ...line }) => line);
  };

  it("has a line for each thing to know, or one that all is well, and none where nothing is configured", async () => {
    const retiring = aChannel({ models: [{ id: "old", retiresAt: 5 }] });

    expect(await logged(retiring)).toMatchObject([
      { level: 40, channel: "o3", model: "old", problem: expect.stringContaining("1970-01-01") },
    ]);
    expect(await logged(aChannel())).toEqual([{ level: 30, channels: ["o3"], msg: "all models can be asked" }]);
    expect(await logged(undefined)).toEqual([]);
  });

  it("survives a provider that throws, and says nothing of a bot that stops", async () => {
    const broken = {
      ...aProvider(),
      look: async () => {
        throw new Error("broken");
      },
    };

    expect(await logged(aChannel({ providers: [broken] }))).toMatchObject([{ level: 50, msg: "looking at the models failed" }]);
    expect(await logged(aChannel(), AbortSignal.abort())).toEqual([]);
  });
});

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Failure } from "../../../src/pipeline/ai/provider.ts";
import { failures } from "../../../src/pipeline/ai/provider.ts";
import { aProvider, type ScriptedProvider } from "./a-provider.ts";
import { aBook, aChannel, aModel, aPrompt, startWorld, usd, type World } from "./asking.ts";

let provider: ScriptedProvider;
let world: World;
beforeEach(async () => {
  provider = aProvider();
  world = await startWorld(aChannel({ providers: [provider] }));
});
afterEach(() => world.close());

const answers = (word: string, out = 3) => ({ says: { word }, tokens: { uncachedIn: 5, out } });

describe("a question to a channel", () => {
  it("is answered, and what it took is in the ledger, with its model, its place and its person", async () => {
    provider.play({ ...answers("yes"), model: "old-2026-01-01", id: "openai:resp_1" });
    const about = { repository: "Acme/Shop", pullRequest: 3, phase: "phase-1", actor: "ada", session: "s1", attempt: 2 };

    const asked = await world.ask([aPrompt()], about);

    expect(asked).toEqual({
      kind: "asked",
      results: [{ kind: "answered", value: { word: "yes" }, model: "old-2026-01-01", name: "OpenAI", service: "openai-api" }],
      passedOver: [],
      costPico: usd("3"),
      isCostUncertain: false,
    });
    const sums = await world.tx(({ ledger }) => ledger.sums({}, ["model", "service", "actor", "phase", "pr", "session"]));
    expect(sums).toMatchObject([
      {
        group: ["old-2026-01-01", "openai-api", "ada", "phase-1", "Acme/Shop#3", "s1"],
        costPico: { metered: usd("3") },
        tokens: { out: 3 },
      },
    ]);
    expect(await world.tx(({ ledger }) => ledger.meteredPico({ reservation: "ask:ask:1:1" }))).toBe(usd("3"));
    expect(await world.reservation("ask:ask:1:1")).toMatchObject({ state: "settled", estimatePico: usd("10"), service: "openai-api" });
    expect(await world.stored()).toEqual({
      id: "ask:1",
      purpose: "design",
      channel: "o3",
      prompt: "design@1",
      repository: "Acme/Shop",
      pullRequest: 3,
      phase: "phase-1",
      actor: "ada",
      at: world.now,
      tries: 1,
      end: { outcome: "answered", service: "openai-api", model: "old-2026-01-01", costPico: usd("3"), at: world.now },
    });
  });

  it.each(failures)("that fails as %s says so, and is written down", async (failure) => {
    provider.play({ fails: failure, detail: "no\nthe-secret-of-the-bot", retryAt: 5 });

    const asked = await world.ask();

    expect(asked).toMatchObject({
      kind: "asked",
      costPico: 0n,
      results: [{ kind: "failed", failure, detail: "no ***", retryAt: 5, name: "OpenAI", service: "openai-api" }],
    });
    expect((await world.stored())?.end).toMatchObject({ outcome: "failed", failure, service: "openai-api" });
  });

  it("in several parts is answered in parts", async () => {
    provider.play(answers("one"), { fails: "too_large" }, answers("three"));

    const asked = await world.ask(["1", "2", "3"].map((data) => aPrompt({ data })));

    expect(asked).toMatchObject({
      costPico: usd("6"),
      results: [{ value: { word: "one" } }, { failure: "too_large" }, { value: { word: "three" } }],
    });
    expect((await world.stored())?.end).toMatchObject({ outcome: "partly", failure: "too_large", costPico: usd("6") });
  });

  it("reaches nobody where there is no such channel, or nobody of it is left", async () => {
    expect(await world.ask([aPrompt()], { channel: "claude" })).toMatchObject({ kind: "refused", reason: "not_configured" });

    world.channel = aChannel({ providers: [provider], models: [{ id: "old", retiresAt: world.now }] });
    expect(await world.ask()).toEqual({
      kind: "refused",
      reason: "nobody_left",
      message:
        "All models of o3 have been retired (old), and nothing was asked. Whoever runs this bot can name another one in ai.channels of the settings (docs/ai.md).",
    });
    world.channel = aChannel({ providers: [provider], models: [{ id: "old", retiresAt: world.now }, { id: "nobody-knows" }] });
    expect(await world.ask()).toMatchObject({ reason: "nobody_left", message: expect.stringMatching(/^No model .* \(nobody-knows\), so/) });
    expect(provider.calls).toEqual([]);
  });

  it("holds no secret of ours, nor what looks like one", async () => {
    const token = `ghp_${"a1B2".repeat(9)}`;

    await world.ask([
      aPrompt({ data: `key=the-secret-of-the-bot, ${token} and ${Buffer.from("the-secret-of-the-bot").toString("base64")}` }),
    ]);

    const sent = JSON.stringify(provider.calls[0]?.prompt);
    expect(sent).toContain("***");
    for (const secret of ["the-secret-of-the-bot", token, Buffer.from("the-secret-of-the-bot").toString("base64")])
      expect(sent).not.toContain(secret);
  });

  it("is sent with how hard to think, how much to say, and what it may cost", async () => {
    world.channel = aChannel({ providers: [provider], effort: "high" });

    await world.ask();

    expect(provider.calls[0]).toMatchObject({ model: "old", effort: "high", mostOut: 10, mostPico: usd("10") });
  });
});

describe("who stands in", () => {
  let second: ScriptedProvider;
  beforeEach(() => {
    second = aProvider({ name: "Second", service: "gemini-api" });
    world.channel = aChannel({ providers: [provider, second] });
  });
  const asked = (one: ScriptedProvider) => one.calls.map(({ model }) => model);

  it.each(["quota", "unavailable", "unauthorised", "unusable"] satisfies Failure[])(
    "is the next provider where all of one is out: %s",
    async (failure) => {
      provider.play({ fails: failure, detail: "why" });

      const result = await world.ask();

      expect(result).toMatchObject({
        results: [{ kind: "answered", name: "Second" }],
        passedOver: [{ model: "old", failure, detail: "why" }],
      });
      expect([asked(provider), asked(second)]).toEqual([["old"], ["old"]]);
    },
  );

  it("is the next model where one is gone", async () => {
    provider.play({ fails: "retired" }, { says: { word: "yes" } });

    expect(await world.ask()).toMatchObject({ results: [{ model: "new", name: "OpenAI" }], passedOver: [{ failure: "retired" }] });
    expect([asked(provider), asked(second)]).toEqual([["old", "new"], []]);
  });

  it.each(failures.filter((failure) => !["quota", "unavailable", "unauthorised", "unusable", "retired"].includes(failure)))(
    "is nobody where another one may not be asked instead: %s",
    async (failure) => {
      provider.play({ fails: failure });

      expect(await world.ask()).toMatchObject({ results: [{ failure }], passedOver: [] });
      expect(asked(second)).toEqual([]);
    },
  );

  it("is asked first by the prompts that follow, so that who is out is told once", async () => {
    provider.play({ fails: "retired" }, { fails: "quota" });

    const result = await world.ask(["1", "2", "3"].map((data) => aPrompt({ data })));

    expect(result).toMatchObject({ results: [{ name: "Second" }, { name: "Second" }, { name: "Second" }] });
    expect(result).toHaveProperty("passedOver.length", 2);
    expect([asked(provider), asked(second)]).toEqual([
      ["old", "new"],
      ["old", "old", "old"],
    ]);
  });

  it("is nobody in the end: what follows fails the same, and nobody is asked in vain", async () => {
    provider.play({ fails: "quota" });
    second.play({ fails: "unauthorised" });

    expect(await world.ask(["1", "2"].map((data) => aPrompt({ data })))).toMatchObject({
      results: [{ failure: "unauthorised" }, { failure: "unauthorised" }],
    });
    expect(asked(second)).toHaveLength(1);
  });

  it("is asked again by the next prompt where it was down just now", async () => {
    provider.play({ fails: "quota" });
    second.play({ fails: "unavailable" }, { says: { word: "back" } });

    expect(await world.ask(["1", "2"].map((data) => aPrompt({ data })))).toMatchObject({
      results: [{ failure: "unavailable" }, { value: { word: "back" } }],
    });
  });

  it("has no time of its own: the deadline is one for all", async () => {
    world.channel = aChannel({ providers: [provider, second], deadlineMs: 50 });
    provider.play(async () => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      return { fails: "unavailable" };
    });

    expect(await world.ask()).toMatchObject({ results: [{ failure: "unavailable" }], passedOver: [] });
    expect(asked(second)).toEqual([]);
  });

  it("hears of no deadline once it has answered", async () => {
    world.channel = aChannel({ providers: [provider], deadlineMs: 50 });

    await world.ask();
    await new Promise((resolve) => setTimeout(resolve, 150));

    expect(provider.calls[0]?.signal.aborted).toBe(false);
  });

  it("is not asked beyond the limits of its own", async () => {
    const limits = { api: { requests: { day: 1 }, spend: {} } };
    const limited = await startWorld(world.channel, aBook({ models: [aModel("old"), aModel("new", { limits })] }));
    provider.play({ fails: "retired" }, { ...answers("yes"), id: "1" }, { fails: "retired" });
    second.play({ fails: "retired" });

    expect(await limited.ask([aPrompt({ data: "1" })])).toMatchObject({ results: [{ model: "new" }] });
    expect(await limited.ask([aPrompt({ data: "2" })])).toMatchObject({ results: [{ failure: "retired" }] });
    expect(asked(provider)).toEqual(["old", "new", "old"]);
    await limited.close();
  });
});

describe("a tool that cannot be told the shape of an answer", () => {
  it.each(["wrong_shape", "empty"] satisfies Failure[])("is asked once more after %s, and both are paid for", async (failure) => {
    provider = aProvider({ isFreeText: true });
    world.channel = aChannel({ providers: [provider] });
    provider.play({ fails: failure, tokens: { out: 1 } }, answers("yes"));

    expect(await world.ask()).toMatchObject({ results: [{ kind: "answered" }], costPico: usd("4") });
    expect(await world.reservation("ask:ask:1:1")).toMatchObject({ estimatePico: usd("20") });
  });

  it("is asked no third time, and one that can be told not twice", async () => {
    provider.play({ fails: "wrong_shape" });
    await world.ask();
    expect(provider.calls).toHaveLength(1);

    const free = aProvider({ isFreeText: true });
    free.play({ fails: "empty" });
    world.channel = aChannel({ providers: [free] });
    expect(await world.ask()).toMatchObject({ results: [{ failure: "empty" }] });
    expect(free.calls).toHaveLength(2);
  });
});

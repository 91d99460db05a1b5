import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aProvider, type ScriptedProvider } from "./a-provider.ts";
import { aChannel, aPrompt, startWorld, usd, type World } from "./asking.ts";

let provider: ScriptedProvider;
let world: World;
beforeEach(async () => {
  provider = aProvider();
  provider.play({ says: { word: "first" }, tokens: { out: 1 } }, { says: { word: "second" }, tokens: { out: 1 } });
  world = await startWorld(aChannel({ providers: [provider] }));
});
afterEach(() => world.close());

describe("an answer that was given before", () => {
  it("is given again to who asks the same, at no cost and within no limit", async () => {
    await world.ask();
    const firstAt = world.now;
    world.now += 1_000;

    const again = await world.ask();

    expect(again).toEqual({
      kind: "asked",
      results: [{ kind: "answered", value: { word: "first" }, model: "old", name: "OpenAI", service: "openai-api", keptAt: firstAt }],
      passedOver: [],
      costPico: 0n,
      isCostUncertain: false,
    });
    expect([provider.calls.length, await world.spent()]).toEqual([1, usd("1")]);
    expect(await world.reservation("ask:ask:2:1")).toBeUndefined();
    expect((await world.stored("ask:2"))?.end).toMatchObject({ outcome: "answered", isCached: true, costPico: 0n });
  });

  it.each([
    ["other data", { data: "other" }],
    ["another version", { version: 2 }],
    ["other words of ours", { instructions: "Say another word." }],
    ["another shape", { schema: {} }],
    ["another purpose", { purpose: "triage" }],
  ] as const)("is none to %s", async (_, changes) => {
    await world.ask();

    expect(await world.ask([aPrompt(changes)])).toMatchObject({ results: [{ value: { word: "second" } }] });
  });

  it("is none of another model's", async () => {
    await world.ask();
    world.channel = aChannel({ providers: [provider], models: [{ id: "new" }] });

    expect(await world.ask()).toMatchObject({ results: [{ value: { word: "second" }, model: "new" }] });
  });

  it("is asked for anew where somebody insists, and that one is kept", async () => {
    await world.ask();
    world.now += 1;

    expect(await world.ask([aPrompt()], { isForced: true })).toMatchObject({ results: [{ value: { word: "second" } }] });
    expect(await world.ask()).toMatchObject({ results: [{ value: { word: "second" }, keptAt: world.now }], costPico: 0n });
    expect(provider.calls).toHaveLength(2);
  });

  it("is asked for anew where it is read as another shape now", async () => {
    await world.ask();
    const read = (answer: unknown) => (JSON.stringify(answer).includes("first") ? undefined : aPrompt().read(answer));

    expect(await world.ask([aPrompt({ read })])).toMatchObject({ results: [{ value: { word: "second" } }] });
  });

  it("leaves only the rest to be asked, paid and reserved for", async () => {
    await world.ask([aPrompt({ data: "2" })]);

    const asked = await world.ask(["1", "2", "3"].map((data) => aPrompt({ data })));

    expect(asked).toMatchObject({ results: [{ value: { word: "second" } }, { value: { word: "first" } }, { value: { word: "second" } }] });
    expect(provider.calls.map(({ prompt }) => prompt.data)).toEqual(["2", "1", "3"]);
    expect(await world.reservation("ask:ask:2:1")).toMatchObject({ estimatePico: usd("20") });
    expect((await world.stored("ask:2"))?.end).not.toHaveProperty("isCached");
  });

  it("is not kept of a failure", async () => {
    provider.play({ fails: "refused" }, { says: { word: "now" } });
    await world.ask();

    expect(await world.ask()).toMatchObject({ results: [{ value: { word: "now" } }] });
  });
});

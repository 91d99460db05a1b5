import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { recordUsage } from "../../../src/pipeline/budgets/record-usage.ts";
import { noTokens } from "../../../src/pipeline/usage/usage.ts";
import { aProvider, type ScriptedProvider } from "./a-provider.ts";
import { aBook, aChannel, aModel, aPrompt, startWorld, usd, type World } from "./asking.ts";

let provider: ScriptedProvider;
let world: World;
beforeEach(async () => {
  provider = aProvider();
  world = await startWorld(aChannel({ providers: [provider] }));
});
afterEach(() => world.close());

const prompts = (...data: readonly string[]) => data.map((each) => aPrompt({ data: each }));
const answers = (word: string, out = 3) => ({ says: { word }, tokens: { out } });

/** Spends so many dollars before. */
const spend = (amount: number) =>
  world.tx((tx) =>
    recordUsage(
      tx,
      [
        {
          id: `before:${amount}`,
          at: world.now,
          provider: "openai",
          model: "old",
          service: "else",
          basis: "metered",
          tokens: { ...noTokens, out: amount },
        },
      ],
      world.services,
    ),
  );

describe("the money of a question", () => {
  it("is enough for one of two at once, and the other is told what is left", async () => {
    await spend(85);
    const release = Promise.withResolvers<void>();
    provider.play(async () => {
      await release.promise;
      return answers("yes");
    });

    const [first, second] = [world.ask(prompts("1")), world.ask(prompts("2"))];
    const refused = await Promise.race([first, second]);
    release.resolve();

    expect(refused).toEqual({
      kind: "refused",
      reason: "budget",
      retryAt: Date.parse("2026-11-24T00:00:00Z"),
      message: expect.stringMatching(
        /^The budget of 2026-11-23 has \$5\.00 left: \$85\.00 of \$100\.00 is spent, \$10\.00 more reserved .* This call may take \$10\.00\./,
      ),
    });
    const kinds = (await Promise.all([first, second])).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(["asked", "refused"]);
    expect(provider.calls).toHaveLength(1);
    const ends = await Promise.all(["ask:1", "ask:2"].map(async (id) => (await world.stored(id))?.end?.outcome));
    expect(ends.toSorted()).toEqual(["answered", "refused"]);
    expect(await world.spent()).toBe(usd("88"));
  });

  it("is given back when it is settled, and a question that was refused may be asked again", async () => {
    await spend(85);
    const begun = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    provider.play(async () => {
      begun.resolve();
      await release.promise;
      return answers("yes");
    });
    const first = world.ask(prompts("1"));
    await begun.promise;
    expect(await world.ask(prompts("2"), { id: "late" })).toMatchObject({ kind: "refused" });
    release.resolve();
    await first;

    expect(await world.ask(prompts("2"), { id: "late" })).toMatchObject({ kind: "asked", costPico: usd("3") });
  });

  it("keeps within how often a model may be asked", async () => {
    const limits = { api: { requests: { hour: 1 }, spend: {} } };
    const limited = await startWorld(world.channel, aBook({ models: [aModel("old", { limits })] }));
    provider.play(answers("yes"));
    await limited.ask(prompts("1"));

    expect(await limited.ask(prompts("2"))).toMatchObject({
      kind: "refused",
      reason: "limit",
      retryAt: Date.parse("2026-11-23T13:00:00Z"),
    });
    await limited.close();
  });

  it("counts as spent as far as it was reserved where nobody answered in time, and exactly where it failed otherwise", async () => {
    world.channel = aChannel({ providers: [provider], deadlineMs: 50 });
    provider.play("hangs");

    expect(await world.ask(prompts("1"))).toMatchObject({ results: [{ failure: "timeout" }], costPico: 0n, isCostUncertain: true });
    expect([await world.spent(), await world.reservation("ask:ask:1:1")]).toMatchObject([usd("10"), { state: "expired" }]);

    provider.play({ fails: "truncated", tokens: { out: 10 } });
    expect(await world.ask(prompts("2"))).toMatchObject({ costPico: usd("10"), isCostUncertain: false });
    expect(await world.spent()).toBe(usd("20"));
  });

  it("is uncertain, too, where somebody else answered after one that may have been paid", async () => {
    const second = aProvider({ service: "gemini-api" });
    world.channel = aChannel({ providers: [provider, second] });
    provider.play({ fails: "unavailable", mayHaveSpent: true });
    second.play(answers("yes"));

    expect(await world.ask()).toMatchObject({ results: [{ kind: "answered" }], costPico: usd("3"), isCostUncertain: true });
    expect(await world.spent()).toBe(usd("10"));
  });

  it("is uncertain where a model answered that has no price", async () => {
    provider.play({ ...answers("yes"), model: "rerouted" });

    expect(await world.ask()).toMatchObject({ results: [{ model: "rerouted" }], isCostUncertain: true });
    expect(await world.spent()).toBe(usd("10"));
  });

  it("is none where a subscription pays, though the ledger has it", async () => {
    const subscribed = aProvider({ basis: "subscription" });
    subscribed.play(answers("yes"));
    world.channel = aChannel({ providers: [subscribed] });
    await spend(100);

    expect(await world.ask()).toMatchObject({ kind: "asked", costPico: 0n });
    expect(await world.requests()).toBe(2);
  });
});

describe("a question that broke off", () => {
  const die = async () => {
    throw new Error("died");
  };

  it("is asked on, with what was answered, and other money: what the dead one held counts as spent", async () => {
    provider.play(answers("one"), die);
    await expect(world.ask(prompts("1", "2"), { id: "x" })).rejects.toThrow("died");
    expect(await world.reservation("ask:x:1")).toMatchObject({ state: "open", estimatePico: usd("20") });
    provider.play(answers("two", 4));

    const asked = await world.ask(prompts("1", "2"), { id: "x" });

    expect(asked).toMatchObject({ results: [{ value: { word: "one" } }, { value: { word: "two" } }], isCostUncertain: true });
    expect(asked).toMatchObject({ costPico: usd("7") });
    expect(JSON.stringify(asked, (_, value) => (typeof value === "bigint" ? String(value) : value))).not.toContain("keptAt");
    expect(provider.calls.map(({ prompt }) => prompt.data)).toEqual(["1", "2", "2"]);
    expect(await world.reservation("ask:x:1")).toMatchObject({ state: "expired" });
    expect(await world.reservation("ask:x:2")).toMatchObject({ state: "settled", estimatePico: usd("10") });
    // 20 for the first try, of which 3 are known; 4 for the second one.
    expect(await world.spent()).toBe(usd("24"));
    expect(await world.stored("x")).toMatchObject({ tries: 2, end: { outcome: "answered", costPico: usd("7") } });
  });

  it("knows what it cost when it had ended, and nobody was told of it", async () => {
    provider.play(answers("one"));
    await world.ask(prompts("1"), { id: "x", isForced: true });

    const again = await world.ask(prompts("1"), { id: "x", isForced: true });

    expect(again).toMatchObject({ results: [{ value: { word: "one" } }], costPico: usd("3"), isCostUncertain: false });
    expect(provider.calls).toHaveLength(1);
    expect((await world.stored("x"))?.end).toMatchObject({ costPico: usd("3") });
    expect((await world.stored("x"))?.end).not.toHaveProperty("isCached");
  });

  it.each([1, 2, 3, 4])("at a database that fails after %i more transactions is asked on, and nothing is lost", async (transactions) => {
    provider.play(answers("one"), answers("two"), answers("three"));
    world.failFrom = transactions;
    await expect(world.ask(prompts("1", "2"), { id: "x" })).rejects.toThrow("The database is down.");
    world.failFrom = undefined;
    const before = provider.calls.length;

    const asked = await world.ask(prompts("1", "2"), { id: "x" });

    expect(asked).toMatchObject({ results: [{ kind: "answered" }, { kind: "answered" }] });
    expect(new Set(provider.calls.map(({ prompt }) => prompt.data)).size).toBe(provider.calls.length);
    expect(provider.calls).toHaveLength(2);
    // Every dollar that was spent is counted: in the ledger, or by a reservation that was given up.
    expect((await world.spent()) >= usd("6")).toBe(true);
    expect(before).toBeLessThanOrEqual(2);
  });

  it("is asked on by another process though the first one still asks: each is paid for once, and the last one begun says how it ended", async () => {
    const begun = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    provider.play(
      async () => {
        begun.resolve();
        await release.promise;
        return { ...answers("slow"), id: "slow" };
      },
      { ...answers("quick", 4), id: "quick" },
    );
    const slow = world.ask(prompts("1"), { id: "x" });
    await begun.promise;

    const quick = await world.ask(prompts("1"), { id: "x" });
    expect(await world.spent()).toBe(usd("14"));
    release.resolve();

    expect(await slow).toMatchObject({ results: [{ value: { word: "slow" } }], costPico: usd("3") });
    expect(quick).toMatchObject({ results: [{ value: { word: "quick" } }], isCostUncertain: true });
    expect(await world.spent()).toBe(usd("7"));
    expect(await world.stored("x")).toMatchObject({ tries: 2, end: { costPico: usd("4") } });
    await world.expire("ask:x:1");
    expect(await world.spent()).toBe(usd("7"));
  });

  it("is given up once, though its time is over, too", async () => {
    provider.play(die);
    await expect(world.ask(prompts("1"), { id: "x" })).rejects.toThrow("died");
    world.now += 3_600_000;
    await world.expire("ask:x:1");
    provider.play(answers("yes"));

    await world.ask(prompts("1"), { id: "x" });

    expect(await world.spent()).toBe(usd("13"));
  });

  it("by a kill is asked on by the next process, and what was answered is not asked again", async () => {
    const folder = await mkdtemp(join(tmpdir(), "nextrust-asking-"));
    const file = join(folder, "nextrust.db");
    const script = fileURLToPath(new URL("asking-process.ts", import.meta.url));
    const child: ChildProcess = spawn(process.execPath, [script, file], { stdio: ["ignore", "pipe", "inherit"] });
    onTestFinished(async () => {
      child.kill("SIGKILL");
      await rm(folder, { recursive: true });
    });
    await once(child.stdout as NodeJS.ReadableStream, "data");
    child.kill("SIGKILL");
    await once(child, "exit");
    provider.play(answers("new"));
    const next = await startWorld(world.channel, undefined, file);

    const asked = await next.ask(prompts("1", "2", "3"), { id: "ask:x", isForced: true });

    expect(asked).toMatchObject({
      results: [
        { value: { word: "paid" }, model: "new" },
        { value: { word: "new" }, model: "old" },
        { value: { word: "new" }, model: "old" },
      ],
    });
    expect(asked).toMatchObject({ costPico: usd("8"), isCostUncertain: true });
    expect(provider.calls.map(({ prompt }) => prompt.data)).toEqual(["2", "3"]);
    expect(await next.spent()).toBe(usd("36"));
    await next.close();
  });
});

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ServiceError } from "../../../src/errors.ts";
import { forgetTruths } from "../../../src/pipeline/orchestrator/learn-truth.ts";
import { openEmbedded } from "../../../src/state/embedded/open.ts";
import type { State } from "../../contracts/place.ts";
import { aFailedJob, issue } from "../failures/fixing.ts";
import { deciding } from "./deciding.ts";
import { anAnswer, aScriptedChannel } from "./scripted-channel.ts";

let state: State;
beforeEach(async () => {
  state = await openEmbedded({ file: ":memory:", timing: { pollMs: 5 } });
});
afterEach(async () => {
  await state.worker.stop(0);
  await state.close();
});

const minuteMs = 60_000;
const dollar = 1_000_000_000_000n;
const claude = (says: unknown = anAnswer()) => aScriptedChannel("claude", says);
const begin = (channels = [claude()], triage = {}) => deciding(() => state, { channels, triage });

describe("a failure that no known issue decides", () => {
  it("is decided by Claude, carried out once, shown with its evidence and cost, and turns out to be a flake", async () => {
    const model = claude();
    const bot = begin([model]);

    await bot.fails();
    await bot.decide();
    await bot.fix.work();
    bot.fix.github.end("passed");
    await bot.passes({ attempt: 2 });

    expect(bot.fix.github.asked).toEqual(["rerun"]);
    expect(model.asked).toHaveLength(1);
    expect(model.asked[0]).toContain("error: the mirror is away");
    expect(await bot.fixes()).toEqual([
      {
        kind: "began",
        text: "Retried by itself: The mirror did not answer, says Claude Code, 90 % sure (test).",
        by: "triage",
        quoted: ["error: the mirror is away"],
        source: "dollar, $1.00",
      },
    ]);
    expect(await bot.decisions()).toMatchObject([
      {
        stage: "claude",
        action: "retry",
        isSure: true,
        isCarriedOut: true,
        costPico: dollar,
        prompt: "triage@1",
        truth: "flake",
        again: "passed",
      },
    ]);
    const audited = await bot.audited();
    expect(audited.map(({ command, reason }) => `${command} ${reason}`)).toEqual([
      "triage decided_retry",
      "retry-job auto_fix_began",
      "triage truth_flake",
    ]);
    expect(new Set(audited.map(({ actor }) => actor))).toEqual(new Set(["nextrust"]));
    expect(await bot.spent()).toEqual([dollar]);
  });

  it("is only shown where the settings say so, for a person to do with one click", async () => {
    const bot = begin([claude()], { mode: "suggest" });

    await bot.fails();
    await bot.decide();
    await bot.fix.work();

    expect(await bot.fixes()).toMatchObject([
      {
        kind: "suggested",
        text: expect.stringContaining("I would retry it"),
        action: { command: expect.stringContaining("retry-job test") },
      },
    ]);
    expect(bot.fix.github.asked).toEqual([]);
    expect(await bot.decisions()).toMatchObject([{ mode: "suggest", isCarriedOut: false }]);
  });

  it.each([
    ["less sure than the settings want", anAnswer({ confidence: 0.7 }), {}, {}, "suggested"],
    ["without a line of the log", anAnswer({ evidence: ["error: it is the moon"] }), {}, {}, "suggested"],
    ["broken for everybody", anAnswer(), { verdict: "broken_on_main" }, {}, "suggested"],
    ["a retry that the settings leave to people", anAnswer(), {}, { retry: false }, "suggested"],
    ["the change's fault", anAnswer({ action: "fix_change" }), {}, {}, "suggested"],
  ] as const)("is not carried out where it is %s", async (_, answer, found, triage, kind) => {
    const bot = begin([claude(answer)], triage);

    await bot.fails({}, found);
    await bot.decide();
    await bot.fix.work();

    expect(bot.fix.github.asked).toEqual([]);
    expect(bot.fix.dispatched).toEqual([]);
    expect(await bot.fixes()).toMatchObject([{ kind }]);
  });

  it("starts a workflow that is allowed", async () => {
    const bot = begin([claude(anAnswer({ action: "start_workflow", workflow: "clear.yml" }))], { workflows: ["clear.yml"] });

    await bot.fails({ event: "push", branch: "main" });
    await bot.decide();
    await bot.fix.work();

    expect(bot.fix.dispatched).toEqual(["9 on main"]);
  });

  it("is not retried where its commit failed so often that nothing is", async () => {
    const bot = begin();
    await bot.fix.fails(3);

    await bot.fails();
    await bot.decide();
    await bot.fix.work();

    expect(bot.fix.github.asked).toEqual([]);
    expect(await bot.fixes()).toMatchObject([{ kind: "stopped", by: "triage" }]);
  });

  it("is retried once for its commit and job, whoever decides, and not when it fails again", async () => {
    const bot = begin([claude()], {});
    await bot.fails();
    await bot.decide();
    await bot.fix.work();
    bot.fix.github.end("failed");

    await bot.fails({ attempt: 2 });
    await bot.decide();
    await bot.fix.work();

    expect(bot.fix.github.asked).toEqual(["rerun"]);
    const [first] = await bot.decisions();
    expect(first).toMatchObject({ again: "failed" });
    expect(first?.truth).toBeUndefined();
  });

  it("is paid for once in a storm: whoever fails in the same way within half an hour takes the decision over", async () => {
    const model = claude();
    const bot = begin([model], { mode: "suggest" });

    for (let index = 0; index < 40; index++)
      await bot.fails({ runId: 100 + index, number: 100 + index, pullRequest: 100 + index, headSha: `${index}`.padStart(40, "a") });
    await bot.decide();

    expect(model.asked).toHaveLength(1);
    expect(await bot.spent()).toEqual([dollar]);
    expect(await bot.decisions()).toHaveLength(40);
    expect(await bot.fixes(120)).toMatchObject([{ kind: "suggested", source: "dollar, asked once for all of them" }]);
    expect(new Set(bot.queued().map(({ lane }) => lane)).size).toBeLessThanOrEqual(1);
  });

  it("is asked about again half an hour later, but never for the same commit", async () => {
    const model = claude();
    const bot = begin([model], { mode: "suggest" });
    await bot.fails();
    await bot.decide();
    bot.now += 31 * minuteMs;

    await bot.fails({ runId: 8, number: 2 });
    await bot.decide();
    expect(model.asked).toHaveLength(1);

    await bot.fails({ runId: 9, number: 3, headSha: "f00" });
    await bot.decide();
    expect(model.asked).toHaveLength(2);
  });

  it("is not asked about again where a storm of answers cannot be read", async () => {
    const model = claude("nonsense");
    const bot = begin([model]);

    for (const runId of [1, 2, 3]) await bot.fails({ runId, number: runId, headSha: `${runId}` });
    await bot.decide();

    expect(model.asked).toHaveLength(1);
    expect(await bot.decisions()).toMatchObject(Array(3).fill({ stage: "person", failure: expect.stringContaining("cannot be read") }));
  });

  it.each([
    ["nobody can be asked here", () => [], "Nobody answers as claude here"],
    ["the model declines", () => [aScriptedChannel("claude", "nonsense")], "cannot be read"],
  ] as const)("says so beside the failure and in the audit where %s", async (_, channels, words) => {
    const bot = begin([...channels()]);

    await bot.fails();
    await bot.decide();

    expect(await bot.fixes()).toMatchObject([{ kind: "undecided", text: expect.stringContaining(words) }]);
    expect(await bot.audited()).toMatchObject([{ command: "triage", outcome: "not_applicable", reason: "not_decided" }]);
  });

  it("waits for a model that is away, and says so in the end", async () => {
    const model = claude();
    model.play({ fails: "unavailable" });
    const bot = begin([model]);
    await bot.fails();

    await expect(bot.decide(1)).rejects.toThrow(ServiceError);
    expect(await bot.decisions()).toEqual([]);
    await bot.decide(5);

    expect(await bot.fixes()).toMatchObject([{ kind: "undecided", text: expect.stringContaining("cannot be reached") }]);
  });

  it("is not paid for twice where the bot dies after the answer, and is begun all the same", async () => {
    const model = claude();
    const bot = begin([model]);
    await bot.fails();
    bot.fix.github.failLooks(new ServiceError("away", { service: "GitHub", retryable: true }), 1);

    await expect(bot.decide()).rejects.toThrow(ServiceError);
    bot.fix.github.failLooks(undefined);
    // What was decided counts, whoever could be asked by now.
    bot.services.channels = { of: () => undefined };
    await bot.decide(2);
    await bot.fix.work();

    expect(model.asked).toHaveLength(1);
    expect(bot.fix.github.asked).toEqual(["rerun"]);
    expect(await bot.decisions()).toMatchObject([{ isCarriedOut: true }]);
    expect((await bot.audited()).filter(({ command }) => command === "triage")).toHaveLength(1);
  });

  it("was the default branch's, where that failed in the same way and passes again", async () => {
    const bot = begin([claude(anAnswer({ action: "wait" }))], { mode: "suggest" });
    const onMain = { event: "push", branch: "main", headSha: "e".repeat(40) } as const;
    const { pullRequest: _, ...main } = bot.run({ ...onMain, runId: 3, number: 3 });
    await bot.failsOn(main);
    await bot.fails();
    await bot.decide();

    await bot.passesOn({ ...main, runId: 9, number: 9, headSha: "f".repeat(40), conclusion: "success" });

    expect((await bot.decisions()).map(({ place, truth }) => [place, truth]).toSorted()).toEqual([
      ["branch:main", "fixed"],
      ["pull:12", "main_recovered"],
    ]);
  });

  it("is not retried in an outage, though the same words were taken elsewhere before", async () => {
    const bot = begin();
    await bot.fails({ runId: 1, headSha: "c".repeat(40) }, { jobs: [bot.aJob({ name: "other" })] });
    await bot.decide();
    await bot.fix.work();
    await bot.beginOutage("error: the mirror is away");

    await bot.fails();
    await bot.decide();

    const [, second] = await bot.decisions();
    expect(second).toMatchObject({ action: "ask_person", said: "retry", overruledBecause: "broken_for_all", isCarriedOut: false });
    expect(await bot.fixes()).toMatchObject([{ text: expect.stringContaining("fails on the default branch or everywhere") }]);
  });

  it("shows its cost only where costs may be told", async () => {
    const bot = begin([claude()], { mode: "suggest" });

    await bot.fails({ isPrivate: false });
    await bot.decide();

    expect(await bot.fixes()).toMatchObject([{ source: "dollar" }]);
  });

  it("asks nobody where triage is off, and is a person's", async () => {
    const model = claude();
    const bot = begin([model], { mode: "off" });

    await bot.fails();
    await bot.decide();

    expect(model.asked).toEqual([]);
    expect(await bot.fixes()).toEqual([]);
    expect(await bot.decisions()).toMatchObject([{ stage: "person", isSure: false }]);
  });

  it("has an unknown end after a week", async () => {
    const bot = begin([claude()], { mode: "suggest" });
    await bot.fails();
    await bot.decide();
    const forget = (at: number) => state.records.transaction((tx) => forgetTruths(tx, at));

    await forget(bot.now + 7 * 24 * 60 * minuteMs);
    expect((await bot.decisions())[0]?.truth).toBeUndefined();
    await forget(bot.now + 7 * 24 * 60 * minuteMs + 1);

    expect(await bot.decisions()).toMatchObject([{ truth: "unknown" }]);
  });
});

describe("a failure from a known issue", () => {
  it("is decided by it, and Claude is asked about the other jobs only", async () => {
    const model = claude();
    const bot = begin([model], { mode: "suggest" });

    await bot.fails({}, { jobs: [aFailedJob("boot"), bot.aJob({ jobId: 2 })] });
    await bot.decide();

    expect(await bot.decisions()).toMatchObject([
      { stage: "claude", jobs: ["test"] },
      { stage: "known_issue", by: issue, jobs: ["boot"], action: "retry", isSure: true, isCarriedOut: true },
    ]);
    expect(await bot.fixes()).toHaveLength(2);
  });

  it("and one that Claude decides are each retried once in their commit", async () => {
    const bot = begin([claude()]);
    const jobs = [aFailedJob("boot"), bot.aJob({ jobId: 2 })];

    await bot.fails({}, { jobs });
    await bot.decide();
    await bot.fix.work();
    bot.fix.github.end("failed");
    await bot.fails({ attempt: 2 }, { jobs });
    await bot.decide();
    await bot.fix.work();

    expect(bot.fix.github.asked.length).toBeLessThanOrEqual(2);
    const intents = (await bot.audited()).filter(({ reason }) => reason === "auto_fix_began").map(({ text }) => text);
    expect(intents.toSorted()).toEqual(["retry-job boot", "retry-job test"]);
  });

  it("is no question to anybody where it is all that failed", async () => {
    const model = claude();
    const bot = begin([model]);

    await bot.fails({}, { jobs: [aFailedJob()] });
    await bot.decide();

    expect(model.asked).toEqual([]);
    expect(await bot.decisions()).toMatchObject([{ stage: "known_issue" }]);
  });
});

describe("a failure that keeps coming and that Claude is unsure of", () => {
  const design = { approaches: [], recommendation: "Keep a copy of the mirror.", openQuestions: [] };
  const unsure = anAnswer({ action: "ask_person", confidence: 0.2 });
  const failTimes = async (bot: ReturnType<typeof deciding>, times: number) => {
    for (let index = 1; index <= times; index++) {
      await bot.fails({ runId: index, number: index, headSha: `${index}`.padStart(40, "b"), pullRequest: index });
      await bot.decide();
      bot.now += 31 * minuteMs;
    }
  };

  it("is put to o3 once it came more often than the settings say, and once only", async () => {
    const o3 = aScriptedChannel("o3", design);
    const bot = begin([claude(unsure), o3]);

    await failTimes(bot, 4);

    expect(o3.asked).toHaveLength(1);
    expect(o3.asked[0]).toContain("3 times");
    expect((await bot.decisions()).map(({ stage }) => stage)).toEqual(["claude", "claude", "claude", "o3", "claude", "o3"]);
    expect((await bot.fixes(2)).map(({ text }) => text).join()).not.toContain("mirror.");
    expect(await bot.fixes(3)).toMatchObject([{}, { text: expect.stringContaining("Keep a copy of the mirror.") }]);
  });

  it("is not put to o3 beyond the limits of design help", async () => {
    const o3 = aScriptedChannel("o3", design);
    const bot = begin([claude(unsure), o3]);
    bot.services.designLimits = { ...bot.services.designLimits, perDay: 0 };

    await failTimes(bot, 4);

    expect(o3.asked).toEqual([]);
  });

  it("is left alone where Claude is sure, or where it is known", async () => {
    const o3 = aScriptedChannel("o3", design);
    await failTimes(begin([claude(), o3], { mode: "suggest" }), 4);
    expect(o3.asked).toEqual([]);
  });

  it("is put to o3 where Claude was sure, and wrong before", async () => {
    const o3 = aScriptedChannel("o3", design);
    const bot = begin([claude(), o3], { mode: "suggest" });
    await failTimes(bot, 3);
    await bot.passes({ runId: 50, number: 50, headSha: "c".repeat(40), pullRequest: 1 });

    await bot.fails({ runId: 60, number: 60, headSha: "d".repeat(40), pullRequest: 60 });
    await bot.decide();

    expect(o3.asked).toHaveLength(1);
  });
});

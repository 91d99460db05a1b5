import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { failures } from "../../../src/pipeline/ai/provider.ts";
import { endOfFailure } from "../../../src/pipeline/ai/reply-to-failure.ts";
import { Postponed } from "../../../src/pipeline/queue.ts";
import { parseUsd } from "../../../src/pipeline/usage/money.ts";
import { aWish, type Designing, startDesigning, wordsOf } from "./designing.ts";
import { aBook, anAnswer, scriptedChannel } from "./scripted-channel.ts";

let designing: Designing;
beforeEach(async () => {
  designing = await startDesigning();
  await designing.reply();
});
afterEach(() => designing.close());

describe("design help", () => {
  it("puts the recommendation first in the reply, then approaches, open questions, who answered and what it cost", async () => {
    const reply = await designing.run();

    expect(reply).toMatchObject({ outcome: "done", reason: "answered", audience: "thread" });
    expect(wordsOf(reply).split("\n")).toEqual([
      "OpenAI (o3) recommends",
      "Two crates: the linker step is the slow one. Begin with the build script.",
      "Two crates | Split the build at the linker step. | Risks: The cache is built twice.",
      "A feature flag | Keep one crate, and gate the step. | Risks: Flags multiply.",
      "To be sure one would have to know:",
      "Does the target support LTO?",
      "A model wrote this: it may be wrong, and has seen no more of the project than it was given.",
      "Answered by: o3 through OpenAI",
      "Cost: $1.00",
    ]);
    expect((await designing.audit())[0]).toMatchObject({
      intent: "comment-1:end",
      command: "design-help",
      outcome: "done",
      repository: "acme/shop",
      pullRequest: 12,
    });
  });

  it("says nothing of money where everybody reads along", async () => {
    const reply = await designing.run(aWish({}, { showsMoney: false }));

    expect(wordsOf(reply)).not.toMatch(/\$|Cost/);
  });

  it("hides the bot's own secrets in what a model says", async () => {
    designing.channel.play({ says: { ...anAnswer, recommendation: "Use the-secret-of-the-bot." } });

    expect(wordsOf(await designing.run())).toContain("Use ***.");
  });

  it("answers from before, says when, and costs nothing", async () => {
    await designing.run();
    designing.now += 3_600_000;
    await designing.reply("reply:2");

    const again = await designing.run(aWish({ id: "design:2" }, { intent: "comment-2", place: { message: "reply:2", ordinal: 0 } }));

    expect(designing.channel.calls).toHaveLength(1);
    expect(again).toMatchObject({ outcome: "done", reason: "answered_before" });
    expect(wordsOf(again)).toContain("Answered before: on 2026-11-23 12:00 UTC; --force asks again");
    expect(wordsOf(again)).not.toContain("Cost");
  });

  it("asks again by force, and offers it", async () => {
    await designing.run();
    designing.now += 3_600_000;

    const again = await designing.run(aWish({ id: "design:2", isForced: true }, { again: 'design-help --force "How?"' }));

    expect(designing.channel.calls).toHaveLength(2);
    expect(again).toMatchObject({ reason: "answered", actions: [{ label: "Ask anew", command: 'design-help --force "How?"' }] });
  });

  it("waits for its reply before it spends anything, but not for ever", async () => {
    const lost = aWish({ askedAt: designing.now }, { place: { message: "reply:none", ordinal: 0 } });
    await expect(designing.run(lost)).rejects.toThrow(Postponed);
    expect(designing.channel.calls).toHaveLength(0);

    designing.now += 120_000;
    await designing.run(lost);

    expect((await designing.audit())[0]).toMatchObject({ outcome: "done" });
  });

  it("is told once, however often its job runs", async () => {
    await designing.run();
    designing.channel.play({ fails: "timeout" });

    const reply = await designing.run();

    expect(reply?.outcome).toBe("done");
    expect(designing.channel.calls).toHaveLength(1);
    expect(await designing.audit()).toHaveLength(1);
  });

  it("tells of a model that stood in", async () => {
    await designing.close();
    designing = await startDesigning(scriptedChannel({ models: [{ id: "o3" }, { id: "next" }] }));
    await designing.reply();
    designing.channel.play({ fails: "retired" }, { says: anAnswer });

    const reply = await designing.run();

    expect(wordsOf(reply)).toContain("Answered by: next through OpenAI\nStood in, as: OpenAI has no o3 any more");
  });
});

describe("a design that is not answered", () => {
  it.each(failures)("ends by a reason of its own: %s", async (failure) => {
    designing.channel.play({ fails: failure });

    const reply = await designing.run();

    expect(reply).toMatchObject(endOfFailure[failure]);
    expect(wordsOf(reply)).toMatch(/OpenAI/);
    expect((await designing.audit())[0]).toMatchObject(endOfFailure[failure]);
  });

  it("has as many reasons as there are failures", () => {
    expect(new Set(failures.map((failure) => endOfFailure[failure].reason)).size).toBe(failures.length);
  });

  it("is a wrong shape where there is no approach in it", async () => {
    designing.channel.play({ says: { ...anAnswer, approaches: [] } });

    const reply = await designing.run();

    expect(reply).toMatchObject({ outcome: "failed", reason: "ai_wrong_shape" });
    expect(wordsOf(reply)).toContain("Cost: $1.00");
  });

  it("is refused where nobody can be asked", async () => {
    designing.channel.remove();

    expect(await designing.run()).toMatchObject({ outcome: "not_applicable", reason: "ai_not_configured" });
  });

  it.each([
    [true, "The budget of"],
    [false, "What may be spent on models for now is spent, so nothing was asked. Ask again at 2026-11-23 23:00 UTC."],
  ])("is refused where the budget is spent, by words that fit who reads them (%s)", async (showsMoney, words) => {
    await designing.close();
    const pico = parseUsd("1") ?? 0n;
    designing = await startDesigning(undefined, aBook({ thresholds: { day: { warningPico: pico, criticalPico: pico } } }));
    await designing.reply();

    const reply = await designing.run(aWish({}, { showsMoney }));

    expect(reply).toMatchObject({ outcome: "refused", reason: "ai_budget" });
    expect(wordsOf(reply)).toContain(words);
    expect(wordsOf(reply).includes("$")).toBe(showsMoney);
    expect(designing.channel.calls).toHaveLength(0);
  });
});

describe("a process that dies while a design is asked for", () => {
  it("asks nobody again whose answer was kept, and tells what it cost", async () => {
    // The last transaction is the one that tells.
    const count = await transactionsOf(aWish());
    designing.dieAt = count - 1;
    await expect(designing.run()).rejects.toThrow("dead");
    designing.dieAt = undefined;

    const reply = await designing.run();

    expect(designing.channel.calls).toHaveLength(1);
    expect(reply).toMatchObject({ outcome: "done", reason: "answered" });
    expect(wordsOf(reply)).toContain("Cost: $1.00");
    expect(await designing.audit()).toHaveLength(1);
  });

  it("asks once more by force only what was not answered", async () => {
    const count = await transactionsOf(aWish({ isForced: true }));
    designing.dieAt = count - 1;
    await expect(designing.run(aWish({ isForced: true }))).rejects.toThrow("dead");
    designing.dieAt = undefined;

    await designing.run(aWish({ isForced: true }));

    expect(designing.channel.calls).toHaveLength(1);
  });

  it("asks anew when nothing came of the call, and counts what was reserved for it", async () => {
    designing.channel.play({
      says: anAnswer,
      before: async () => {
        designing.dieAt = 0;
        throw new Error("The process is dead.");
      },
    });
    await expect(designing.run()).rejects.toThrow("dead");
    designing.dieAt = undefined;
    designing.channel.play({ says: anAnswer });

    const reply = await designing.run();

    expect(designing.channel.calls).toHaveLength(2);
    expect(reply).toMatchObject({ outcome: "done" });
    expect((await designing.tx(({ reservations }) => reservations.find("ask:design:1:1")))?.state).toBe("expired");
    expect(await designing.tx(({ reservations }) => reservations.open())).toEqual([]);
  });

  /** How many transactions the job takes. */
  async function transactionsOf(wish: ReturnType<typeof aWish>): Promise<number> {
    const other = await startDesigning();
    await other.reply();
    other.dieAt = 1_000;
    await other.run(wish);
    const left = other.dieAt;
    await other.close();
    return 1_000 - left;
  }
});

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AskEnd } from "../../../src/pipeline/ai/asks.ts";
import { reachedLimit } from "../../../src/pipeline/design/reached-limit.ts";
import { aWish, type Designing, startDesigning, wordsOf } from "./designing.ts";
import { anAnswer } from "./scripted-channel.ts";

const minute = 60_000;
const hour = 60 * minute;

let designing: Designing;
beforeEach(async () => {
  designing = await startDesigning();
});
afterEach(() => designing.close());

const answered: AskEnd = { outcome: "answered", costPico: 1n };

/** An ask of that time ago, which ended so, or is under way still. */
let count = 0;
async function asked(agoMs: number, end: AskEnd | undefined = answered, isEnded = true): Promise<void> {
  const at = designing.now - agoMs;
  const id = `before:${++count}`;
  await designing.tx(async ({ asks }) => {
    await asks.begin({ id, channel: "o3", purpose: "design", prompt: "design@1" }, at);
    if (isEnded) await asks.end(id, end, at);
  });
}

const look = () => designing.tx((tx) => reachedLimit(tx, "own", designing.services));
const limits = (changes: Partial<Designing["limits"]>) => {
  designing.limits = { perDay: 1_000, perHour: 1_000, cooldownMs: 0, isForSessions: true, ...changes };
};

describe("the limits of design help", () => {
  it("leave 30 minutes from one to the next, to the millisecond", async () => {
    limits({ cooldownMs: 30 * minute });
    await asked(30 * minute - 1);
    expect(await look()).toMatchObject({ reason: "design_cooldown", retryAt: designing.now + 1 });

    designing.now += 1;
    expect(await look()).toBeUndefined();
  });

  it("allow the 3rd within an hour and not the 4th, until the first of them is an hour old", async () => {
    limits({ perHour: 3 });
    await asked(hour - 1);
    await asked(30 * minute);
    expect(await look()).toBeUndefined();

    await asked(minute);
    expect(await look()).toMatchObject({ reason: "design_hourly", retryAt: designing.now + 1 });

    designing.now += 1;
    expect(await look()).toBeUndefined();
  });

  it("allow the 10th of a day and not the 11th, until the zone's next day begins", async () => {
    limits({ perDay: 10 });
    const midnight = Date.parse("2026-11-22T23:00:00Z");
    for (let index = 0; index < 9; index++) await asked(designing.now - midnight - index);
    // Yesterday's.
    await asked(designing.now - midnight + 1);
    expect(await look()).toBeUndefined();

    await asked(hour);
    const retryAt = Date.parse("2026-11-23T23:00:00Z");
    expect(await look()).toMatchObject({
      reason: "design_daily",
      retryAt,
      message: expect.stringContaining(
        "On one day design help is asked for 10 times, so nothing was asked. It may be asked again at 2026-11-23 23:00 UTC. The limit holds for everybody here",
      ),
    });

    designing.now = retryAt - 1;
    expect(await look()).toMatchObject({ reason: "design_daily" });
    designing.now = retryAt;
    expect(await look()).toBeUndefined();
  });

  it("name what holds up longest, and never a moment too early", async () => {
    limits({ perDay: 1, cooldownMs: 30 * minute });
    await asked(30_500);

    expect(await look()).toMatchObject({ reason: "design_daily" });

    limits({ cooldownMs: 30 * minute });
    expect((await look())?.message).toContain("It may be asked again at 2026-11-23 12:30 UTC.");
  });

  it.each<[string, AskEnd | undefined, boolean]>([
    ["answered", answered, true],
    ["answered in part", { outcome: "partly", costPico: 1n }, true],
    ["under way", undefined, true],
    ["failed after it was paid for", { outcome: "failed", failure: "wrong_shape", costPico: 1n }, true],
    ["failed by its deadline, paid for perhaps", { outcome: "failed", failure: "timeout", costPico: 0n }, true],
    ["failed for nothing", { outcome: "failed", failure: "unavailable", costPico: 0n }, false],
    ["refused", { outcome: "refused" }, false],
    ["answered from before", { outcome: "answered", isCached: true, costPico: 0n }, false],
  ])("count what was asked: %s", async (_, end, counts) => {
    limits({ cooldownMs: hour });
    await asked(minute, end, end !== undefined);

    expect((await look()) !== undefined).toBe(counts);
  });

  it("count designs only, and an ask not against itself", async () => {
    limits({ cooldownMs: hour });
    await designing.tx(async ({ asks }) => {
      await asks.begin({ id: "own", channel: "o3", purpose: "design", prompt: "design@1" }, designing.now);
      await asks.begin({ id: "review", channel: "o3", purpose: "review", prompt: "review@1" }, designing.now);
    });

    expect(await look()).toBeUndefined();
  });
});

describe("design help past its limits", () => {
  it("is refused with when, and spends nothing", async () => {
    await designing.reply();
    await asked(10 * minute);

    const reply = await designing.run();

    expect(reply).toMatchObject({ outcome: "refused", reason: "design_cooldown" });
    expect(wordsOf(reply)).toContain(
      "30 minutes lie between two designs, so nothing was asked. It may be asked again at 2026-11-23 12:20 UTC.",
    );
    expect(designing.channel.calls).toHaveLength(0);
  });

  it("lets one of two through that come at once: they go through one lane, and the second sees the first", async () => {
    await designing.reply();
    await designing.reply("reply:2");
    const second = aWish(
      { id: "design:2", input: { question: "Another one?" } },
      { intent: "comment-2", place: { message: "reply:2", ordinal: 0 } },
    );

    const first = await designing.run();
    const other = await designing.run(second);

    expect(first?.outcome).toBe("done");
    expect(other).toMatchObject({ outcome: "refused", reason: "design_cooldown" });
    expect(designing.channel.calls).toHaveLength(1);
  });

  it("sees one that is under way", async () => {
    await designing.reply();
    let seen: unknown;
    designing.channel.play({ says: anAnswer, before: async () => (seen = await look()) });

    await designing.run();

    expect(seen).toMatchObject({ reason: "design_cooldown" });
  });

  it("gives what was answered before all the same", async () => {
    await designing.reply();
    await designing.run();
    designing.now += minute;
    await designing.reply("reply:2");

    const again = await designing.run(aWish({ id: "design:2" }, { intent: "comment-2", place: { message: "reply:2", ordinal: 0 } }));

    expect(again).toMatchObject({ outcome: "done", reason: "answered_before" });
  });

  it("holds up what is forced", async () => {
    await designing.reply();
    await designing.run();
    designing.now += minute;
    await designing.reply("reply:2");
    const forced = aWish({ id: "design:2", isForced: true }, { intent: "comment-2", place: { message: "reply:2", ordinal: 0 } });

    expect(await designing.run(forced)).toMatchObject({ outcome: "refused", reason: "design_cooldown" });
  });
});

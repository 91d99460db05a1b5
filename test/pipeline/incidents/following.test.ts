import { afterEach, describe, expect, it } from "vitest";
import { toPagerSaid } from "../../../src/pipeline/pager/pager-said.ts";
import type { FinishedRun } from "../../../src/pipeline/policy/finished-run.ts";
import type { Part } from "../../../src/reply.ts";
import { aFinishedRun } from "../policy/a-finished-run.ts";
import { hourMs, minuteMs, start } from "./builders.ts";
import { type Following, inChannel, startFollowing } from "./following.ts";

let following: Following;
afterEach(() => following.close());

const green = { conclusion: "success" } as const;
const onMain = (number: number, changes: Partial<FinishedRun> = {}) =>
  aFinishedRun({ runId: number, number, headSha: `${number}`.padStart(40, "a"), defaultBranch: "main", ...changes });
const ofPull = (pullRequest: number, changes: Partial<FinishedRun> = {}) =>
  onMain(1_000 + pullRequest, { event: "pull_request", branch: `topic-${pullRequest}`, pullRequest, ...changes });
const broken = (name = "test", log = "error[E0308]: mismatched types\n") => [{ name, log }];
const wordsOf = (part: Part | undefined): string => (part?.kind === "text" ? part.text : "");
const headlines = () => inChannel(following.messages()).map(({ answers }) => wordsOf(answers[0]?.reply.parts[0]));
const timeline = (number = 1) =>
  following.records.transaction(async ({ incidents }) => (await incidents.timeline(number)).map(({ kind, reason }) => `${kind} ${reason}`));

describe("a failure on the default branch", () => {
  it("is one message for its whole life, however often and late it is delivered", async () => {
    following = await startFollowing({ at: start });

    await following.end(onMain(5), broken());
    await following.endAgain(onMain(5));
    await following.end(onMain(4, green));
    await following.end(onMain(6), broken());
    await following.end(onMain(7, green));
    await following.end(onMain(3), broken("lint"));
    await following.until(start + hourMs);

    expect(headlines()).toEqual(["i1 CI on main: fixed"]);
    expect(await timeline()).toEqual(["opened failed", "recovered fixed"]);
  });

  it("is not begun by what began before the newest run that passed", async () => {
    following = await startFollowing({ at: start });

    await following.end(onMain(7, green));
    await following.end(onMain(5), broken());

    expect(following.messages()).toEqual([]);
  });

  it("is another incident after that was over, which names the first", async () => {
    following = await startFollowing({ at: start });

    await following.end(onMain(5), broken());
    await following.end(onMain(6, green));
    await following.end(onMain(7), broken());

    expect(headlines()).toEqual(["i1 CI on main: fixed", "i2 CI on main is red: test · nobody has it"]);
    expect(await timeline(2)).toEqual(["reopened failed_again"]);
  });

  it("of a schedule that passes within half a minute is never told", async () => {
    following = await startFollowing({ at: start });
    const nightly = { event: "schedule", workflow: "Nightly", workflowId: 9 };

    await following.end(onMain(5, nightly), broken());
    await following.until(start + 20_000);
    await following.end(onMain(5, { ...nightly, ...green, attempt: 2 }));
    await following.until(start + hourMs);

    expect(following.messages()).toEqual([]);
    expect(await timeline()).toEqual(["opened failed", "recovered flake"]);
  });

  it("calls who is on call, twice, when nobody takes it", async () => {
    following = await startFollowing({ at: start, onCall: ["U1"], isPaging: true });

    await following.end(onMain(5), broken());
    await following.until(start + hourMs);

    expect(headlines()).toEqual(["i1 CI on main is red: test · nobody has it", "Nobody has taken i1, so it is escalated · CI on main"]);
    expect(following.messages().filter(({ lane }) => lane === "person:U1")).toHaveLength(2);
    expect(following.pages().map(({ action }) => action)).toEqual(["trigger", "trigger", "trigger"]);
  });

  it("is shown to whom it called as it is by now, with nothing left to do once it is over", async () => {
    following = await startFollowing({ at: start, onCall: ["U1"] });

    await following.end(onMain(5), broken());
    await following.until(start + 16 * minuteMs);
    await following.end(onMain(6, green));

    const [told] = following.messages().filter(({ lane }) => lane === "person:U1");
    expect(told?.answers[0]?.reply).toMatchObject({ parts: [{ text: "i1 CI on main: fixed" }], actions: [] });
  });

  it("waits with the channel for the end of the quiet hours, and pages at once", async () => {
    const quietHours = [{ from: "08:00", to: "10:00", zone: "UTC" }];
    following = await startFollowing({ at: start, policy: { quietHours }, isPaging: true });

    await following.end(onMain(5), broken());
    const during = inChannel(following.messages());
    await following.until(start + hourMs);

    expect(during).toEqual([]);
    expect(following.pages()).toHaveLength(1 + 2);
    expect(headlines()[0]).toBe("i1 CI on main is red: test · nobody has it");
  });
});

describe("60 pull requests hit by one outage over 40 minutes", () => {
  it("are one page and at most three messages in the channel", async () => {
    following = await startFollowing({ at: start, isPaging: true, onCall: ["U1"] });

    for (let number = 1; number <= 60; number++) {
      await following.until(start + (number - 1) * 40_000);
      await following.end(ofPull(number), broken("build", `error: could not fetch crate serde, registry answered 503\n`));
    }
    await following.end(onMain(2_000, green));

    expect(following.pages().filter(({ action, ordinal }) => action === "trigger" && ordinal === 0)).toHaveLength(1);
    expect(inChannel(following.messages()).length).toBeLessThanOrEqual(3);
    expect(new Set(following.pages().map(({ incident }) => incident)).size).toBe(1);
    expect(headlines()[0]).toContain("outage");
    expect((await timeline()).at(-1)).toBe("recovered fixed");
  });
});

describe("an outage", () => {
  const unreachable = "error: could not fetch crate serde, registry answered 503\n";
  const hit = (...pulls: number[]) => Promise.all(pulls.map((number) => following.end(ofPull(number), broken("build", unreachable))));
  const find = (number: number) => following.records.transaction(({ incidents }) => incidents.find(number));

  it("that is over does not begin again by one pull request that was hit before and says so late", async () => {
    following = await startFollowing({ at: start, isPaging: true });

    await hit(1, 2, 3);
    following.now += minuteMs;
    await following.end(onMain(2_000, green));
    following.now += minuteMs;
    await hit(4);

    expect(await find(2)).toBeUndefined();
    expect(following.pages().filter(({ action }) => action === "trigger")).toHaveLength(1);
    await hit(5, 6);
    expect(await find(2)).toMatchObject({ state: "open", follows: 1 });
  });

  it("does not begin when the default branch is mended, by what it had broken", async () => {
    following = await startFollowing({ at: start, isPaging: true });

    await following.end(onMain(2_000), broken("build", unreachable));
    await hit(1, 2, 3);
    following.now += minuteMs;
    await following.end(onMain(2_001, green));
    following.now += minuteMs;
    await hit(4);

    expect(await find(2)).toBeUndefined();
  });

  it("counts a failure once whose job is carried out twice, and its green runs stay", async () => {
    following = await startFollowing({ at: start });

    await hit(1, 2, 3);
    await following.end(ofPull(3, { ...green, runId: 1_103, number: 1_103 }));
    await following.endAgain(ofPull(2));
    await following.endAgain(ofPull(3));

    expect(await find(1)).toMatchObject({ redCount: 1, greens: [{ runId: 1_103 }] });
  });

  it("is not over by two green runs of one pull request", async () => {
    following = await startFollowing({ at: start });

    await hit(1, 2, 3);
    await following.end(ofPull(3, { ...green, runId: 1_103, number: 1_103 }));
    await following.end(ofPull(3, { ...green, runId: 1_203, number: 1_203 }));
    const afterOne = await find(1);
    await following.end(ofPull(2, { ...green, runId: 1_102, number: 1_102 }));

    expect(afterOne?.state).toBe("open");
    expect((await find(1))?.state).toBe("resolved");
  });

  it("lets go what fails with an error of its own now: somebody is called for that", async () => {
    following = await startFollowing({ at: start, isPaging: true });

    await hit(1, 2, 3);
    await following.end(onMain(2_000), broken("build", unreachable));
    const before = await find(2);
    await following.end(onMain(2_001), broken("build", "error: the frobnicator of the shop has no handle\n"));
    await following.until(start + 20 * minuteMs);

    expect(before).toMatchObject({ outage: 1 });
    expect(await find(2)).not.toHaveProperty("outage");
    expect(await timeline(2)).toEqual(["opened failed", "downgraded part_of_another", "reminded own_error", "escalated unowned"]);
    expect(following.pages().filter(({ incident, action }) => incident === 2 && action === "trigger")).toHaveLength(1);
  });
});

describe("what the pager says", () => {
  it("late changes nothing that it said since", async () => {
    following = await startFollowing({ at: start, isPaging: true });
    await following.end(onMain(5), broken());
    const says = (id: string, action: "acknowledged" | "unacknowledged", at: number) =>
      following.add(toPagerSaid({ id, incident: 1, action, by: "Ada", at }));

    await says("e2", "unacknowledged", start + 2_000);
    await says("e1", "acknowledged", start + 1_000);

    expect(await timeline()).toEqual(["opened failed"]);
    await says("e3", "acknowledged", start + 3_000);
    expect((await timeline()).at(-1)).toBe("acknowledged taken");
  });
});

describe("200 failures within a minute", () => {
  it("are one incident a pipeline, and few messages", async () => {
    following = await startFollowing({ at: start });

    for (let number = 1; number <= 200; number++) {
      following.now = start + number * 250;
      const pipeline = { workflow: `W${number % 4}`, workflowId: number % 4 };
      await following.end(
        onMain(number, pipeline),
        broken("test", `error: pipeline ${number % 4} broke in its own way ${"abcd"[number % 4]}\n`),
      );
    }
    await following.until(start + 3 * minuteMs);

    const open = await following.records.transaction(({ incidents }) => incidents.open("acme/shop"));
    expect(open.map(({ redCount }) => redCount)).toEqual([50, 50, 50, 50]);
    expect(inChannel(following.messages())).toHaveLength(4);
    for (const versions of following.versions().values()) expect(versions).toBeLessThanOrEqual(1 + 4);
  });
});

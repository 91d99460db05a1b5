import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Incident } from "../../src/pipeline/incidents/incident.ts";
import { timings as usualTimings } from "../../src/pipeline/incidents/timings.ts";
import { eventually } from "../eventually.ts";
import { type FollowedWorld, openFollowedWorld } from "./followed-world.ts";
import { wordsIn } from "./world.ts";

let world: FollowedWorld;
beforeAll(async () => {
  world = await openFollowedWorld();
});
afterAll(() => world.close());

const stateOf = (state: Incident["state"]) => (incident: Incident) => incident.state === state;

describe("a failure on a protected branch", () => {
  it("is one incident, told at once, however often GitHub says so", async () => {
    const branch = await world.aBranch();
    await world.commit(branch, {});
    await world.commit(branch, { build: "failure" });
    const root = await world.root(branch);
    const guid = world.guidOfLastRun();

    await world.github.redeliver(guid);
    await world.github.deliverTwice(guid);
    await world.quiet();

    expect(await world.incidentsOn(branch)).toHaveLength(1);
    expect(world.rootsOn(branch)).toHaveLength(1);
    expect(wordsIn(root.blocks)).toContain("Last green");
    expect(world.pagesOf(await world.incidentOn(branch))).toEqual(["trigger"]);
  });

  it("says why it fails, and whom it may concern: once, with a mention of who is linked", async () => {
    const branch = await world.aBranch();
    await world.commit(branch, {});
    await world.commit(branch, { build: "failure" }, "grace");

    const root = await world.root(branch);

    expect(wordsIn(root.blocks)).toMatch(/I cannot tell why it fails|broke it|flaky/);
    expect(JSON.stringify(root.blocks)).toContain(`"user_id":"${world.slack.people.grace.id}"`);
    expect(world.thread(root)).toEqual([]);
  });

  it("is on its commit too, with the owner and the buttons; the check run moves on with the newest red commit", async () => {
    const branch = await world.aBranch();
    const { sha } = await world.commit(branch, { build: "failure" });
    const { number } = await world.incidentOn(branch);
    const check = async (head: string) => (await world.github.checks(head)).find(({ name }) => name === `NeXTRust incident i${number}`);
    expect((await eventually(() => check(sha)))?.title).toContain("nobody has it");

    await world.ask("ada", `ack i${number}`);
    await eventually(async () => (await check(sha))?.title?.includes("ada has it"));
    const newer = await world.commit(branch, { build: "failure", lint: "failure" });

    await eventually(() => check(newer.sha));
    await eventually(async () => (await check(sha))?.title?.includes(`goes on at ${newer.sha.slice(0, 7)}`));
  });

  it("is not opened by a late failure, nor ended by a green run that began before it", async () => {
    const branch = await world.aBranch();
    await world.commit(branch, {});
    await world.commit(branch, { build: "failure" });
    const { number, lastRed } = await world.incidentOn(branch);

    await world.deliverRun({ head_branch: branch, id: 99_001, run_number: lastRed.number - 1, conclusion: "success" });
    await world.quiet();
    expect((await world.incident(number)).state).toBe("open");
    await world.commit(branch, {});
    await world.untilIt(number, stateOf("resolved"));
    await world.deliverRun({ head_branch: branch, id: 99_002, run_number: lastRed.number - 1, conclusion: "failure" });
    await world.deliverRun({ head_branch: branch, id: 99_003, run_number: lastRed.number + 500, conclusion: "success" });
    await world.quiet();

    expect(await world.incidentsOn(branch)).toHaveLength(1);
    expect((await world.incident(number)).state).toBe("resolved");
  });
});

describe("recovery", () => {
  it("by a newer commit is fixed, said once in the thread, and everywhere over", async () => {
    const branch = await world.aBranch();
    await world.commit(branch, { build: "failure" });
    const { number } = await world.incidentOn(branch);
    const root = await world.root(branch);

    await world.commit(branch, {});

    await world.says(`i${number} is fixed`);
    expect(world.thread(root).map(world.headline)).toEqual([expect.stringContaining(`i${number} is fixed, by run #`)]);
    expect(wordsIn((await world.root(branch)).blocks)).toContain(": fixed");
    await eventually(() => world.pagesOf(number).includes("resolve"));
  });

  it("by the same commit is a flake", async () => {
    const branch = await world.aBranch();
    const { run } = await world.commit(branch, { build: "failure" });
    const { number } = await world.incidentOn(branch);

    await world.deliverRun({
      head_branch: branch,
      id: run.id,
      run_number: run.number,
      run_attempt: 2,
      head_sha: run.headSha,
      conclusion: "success",
    });

    expect((await world.untilIt(number, stateOf("resolved"))).resolved?.as).toBe("flake");
    await world.says(`i${number} is a flake (same commit passed)`);
  });

  it("of the last of several red commits is unknown; the next incident names the one before it", async () => {
    const branch = await world.aBranch();
    await world.commit(branch, { build: "failure" });
    const { run } = await world.commit(branch, { build: "failure" });
    const { number } = await eventually(async () => {
      const it = await world.incidentOn(branch);
      return it.redCount === 2 && it;
    });
    await world.deliverRun({
      head_branch: branch,
      id: run.id,
      run_number: run.number,
      run_attempt: 2,
      head_sha: run.headSha,
      conclusion: "success",
    });
    expect((await world.untilIt(number, stateOf("resolved"))).resolved?.as).toBe("unknown");

    await world.commit(branch, { build: "failure" });

    const next = await eventually(async () => (await world.incidentsOn(branch)).find((one) => one.number !== number));
    expect(next.follows).toBe(number);
    await eventually(() => world.rootsOn(branch).some(({ blocks }) => new RegExp(`Again after: ?\\s*i${number}`).test(wordsIn(blocks))));
  });
});

describe("whose it is", () => {
  it("is who clicks first; the second one is told who and when, and one without a link how to get one", async () => {
    const branch = await world.aBranch();
    await world.commit(branch, { build: "failure" });
    const { number } = await world.incidentOn(branch);
    const stale = await world.root(branch);

    await Promise.all([
      world.click("uma", stale, "Acknowledge"),
      world.click("grace", stale, "Acknowledge"),
      world.click("ada", stale, "Acknowledge"),
    ]);

    const { owner } = await world.untilIt(number, (one) => one.owner !== undefined);
    const [first = "", second = ""] = owner?.person.name === "ada" ? (["ada", "grace"] as const) : (["grace", "ada"] as const);
    await world.says(`i${number} is yours now.`, first as "ada");
    const refusal = await world.says(`${first} has i${number}, so nothing changed.`, second as "ada");
    expect(refusal.actions.map(({ label }) => label)).toContain("Take over");
    expect(wordsIn(refusal.blocks)).toContain("Since");
    await world.says("not linked", "uma");
    await eventually(() => world.pagesOf(number).includes("acknowledge"));
    await eventually(() => world.thread(stale).length > 0);
    expect(world.thread(stale).map(world.headline)).toEqual([expect.stringContaining(`${first} has i${number} now`)]);
  });

  it("is nobody's again when more fails, and who had it is told", async () => {
    const branch = await world.aBranch();
    await world.commit(branch, { build: "failure" });
    const { number } = await world.incidentOn(branch);
    await world.ask("ada", `ack i${number}`);

    await world.commit(branch, { build: "failure", lint: "failure" });

    const after = await world.untilIt(number, ({ owner }) => owner === undefined);
    expect(after.state).toBe("open");
    expect(await world.timeline(number)).toEqual([
      "opened failed",
      "acknowledged taken",
      "set_changed more_jobs",
      "unacknowledged more_jobs",
    ]);
    await world.says(`i${number}: lint fails, too, since run #`);
    await world.saysInPrivate("ada", "More fails than what was taken, so it is nobody's again.");
    await eventually(() => world.pagesOf(number).filter((one) => one === "trigger").length === 2);
  });

  it("stays as it is when somebody comes too late, and closing what is red asks first", async () => {
    const branch = await world.aBranch();
    await world.commit(branch, { build: "failure" });
    const { number } = await world.incidentOn(branch);
    const acknowledge = `ack i${number} ${world.github.repository}@`;

    await world.ask("ada", `resolve i${number}`);
    const asked = await world.says(`Close i${number} all the same?`, "ada");
    expect((await world.incident(number)).state).toBe("open");
    await world.click("ada", asked, "Close it all the same");
    await world.untilIt(number, stateOf("resolved"));
    // Slack shows the edited message sooner or later, so that a click on the old one is what it stood for.
    await world.ask("grace", acknowledge);

    await world.says(`i${number} is over: ada closed it. Nothing changed.`, "grace");
    await eventually(() => world.pagesOf(number).includes("resolve"));
  });
});

describe("time", () => {
  it("calls who is on call when nobody takes it: twice, and the whole channel hears the first one alone", async () => {
    world.timings.escalateMs = 200;
    const branch = await world.aBranch();
    await world.commit(branch, { build: "failure" });
    const { number } = await world.incidentOn(branch);

    await world.untilIt(number, ({ escalations, due }) => escalations === 2 && due.escalateAt === undefined);
    world.timings.escalateMs = usualTimings.escalateMs;

    await eventually(() => world.saidTo("grace", `i${number} CI on`).length > 0);
    await eventually(() => world.thread(world.rootsOn(branch)[0]).length === 2);
    expect(world.broadcasts(`Nobody has taken i${number}`)).toBe(1);
    await eventually(() => world.pagesOf(number).filter((one) => one === "trigger").length === 3);
  });

  it("asks the owner, takes it from who does not answer, and says so to both", async () => {
    const branch = await world.aBranch();
    await world.commit(branch, { build: "failure" });
    const { number } = await world.incidentOn(branch);
    Object.assign(world.timings, { remindMs: 200, releaseMs: 300 });
    await world.ask("ada", `ack i${number}`);

    await world.saysInPrivate("ada", "Are you still at it? Without an answer it is nobody's again.");
    const after = await world.untilIt(number, ({ owner }) => owner === undefined);
    Object.assign(world.timings, { remindMs: usualTimings.remindMs, releaseMs: usualTimings.releaseMs });

    expect(after.due.escalateAt).toBeGreaterThan(Date.now());
    expect(await world.timeline(number)).toEqual(["opened failed", "acknowledged taken", "reminded owner", "unacknowledged no_answer"]);
    await world.says(`ada did not answer, so i${number} is nobody's again`);
    await eventually(() => world.saidTo("grace", `i${number} CI on`).length > 0);
  });

  it("goes on over a restart: what is due meanwhile is done, and nothing is said twice", async () => {
    world.timings.escalateMs = 700;
    const branch = await world.aBranch();
    await world.commit(branch, { build: "failure" });
    const { number } = await world.incidentOn(branch);
    await world.root(branch);

    await world.restart();
    await world.untilIt(number, ({ escalations }) => escalations === 2);
    world.timings.escalateMs = usualTimings.escalateMs;

    await eventually(() => world.thread(world.rootsOn(branch)[0]).length === 2);
    await world.quiet();
    expect(world.rootsOn(branch)).toHaveLength(1);
    expect(world.thread(world.rootsOn(branch)[0])).toHaveLength(2);
    expect(world.saidTo("grace", `i${number} CI on`)).toHaveLength(2);
  });

  it("says nothing while it is snoozed, and that it is red still when the snooze is over", async () => {
    const branch = await world.aBranch();
    await world.commit(branch, { build: "failure" });
    const { number } = await world.incidentOn(branch);

    await world.ask("ada", `snooze i${number} 30m`);
    await world.says(`ada snoozed i${number}`);
    expect((await world.incident(number)).due.escalateAt).toBeUndefined();
    await world.hasten(number, "snoozedUntil");

    await world.says(`The snooze of i${number} is over, and it is still red`);
    expect((await world.incident(number)).due.escalateAt).toBeGreaterThan(Date.now());
    expect(await world.timeline(number)).toEqual(["opened failed", "snoozed by_hand", "reminded snooze_over"]);
  });

  it("that was lost is found again by the sweep", async () => {
    const branch = await world.aBranch();
    await world.commit(branch, { build: "failure" });
    const { number } = await world.incidentOn(branch);

    await world.hasten(number, "escalateAt", "sweep");

    await world.says(`Nobody has taken i${number}, so it is escalated`);
  });

  it("waits before the first message of what is no branch of everybody, and says nothing of what is over by then", async () => {
    world.timings.firstMessageMs = 400;
    const before = world.roots().length;
    const run = await world.github.runOnSchedule("nightly.yml", { jobs: { "soak-test": "failure" } });
    const nightly = () => world.open((one) => one.subject.kind === "pipeline" && one.subject.trigger === "schedule");
    const { number } = await eventually(async () => (await nightly())[0]);
    await world.deliverRun({
      event: "schedule",
      head_branch: "main",
      workflow_id: run.workflow.id,
      name: "Nightly",
      id: run.id,
      run_number: run.number,
      run_attempt: 2,
      head_sha: run.headSha,
      conclusion: "success",
    });
    await world.untilIt(number, stateOf("resolved"));
    await world.quiet();
    expect(world.roots()).toHaveLength(before);

    await world.github.runOnSchedule("nightly.yml", { jobs: { "soak-test": "failure" } });

    await world.says("Nightly on schedule (main) is red: soak-test");
    world.timings.firstMessageMs = usualTimings.firstMessageMs;
  });
});

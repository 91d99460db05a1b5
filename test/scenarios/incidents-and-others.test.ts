import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { togetherMs } from "../../src/pipeline/incidents/show.ts";
import { timings as usualTimings } from "../../src/pipeline/incidents/timings.ts";
import { eventually } from "../eventually.ts";
import { type FollowedWorld, openFollowedWorld } from "./followed-world.ts";
import { wordsIn } from "./world.ts";

/** As many as a bad minute brings. */
const storm = 200;

let world: FollowedWorld;
beforeAll(async () => {
  world = await openFollowedWorld(({ slack }) => ({ fallbackChannel: slack.channels.random.id }));
});
afterAll(() => world.close());

const ourKey = (number: number) => eventually(() => world.pager.incidents().find(({ key }) => key.endsWith(`/i${number}`))?.key);

describe("the pager", () => {
  it("shows who took it in Slack; what is done there is shown in Slack once, and not sent back", async () => {
    const branch = await world.aBranch();
    await world.commit(branch, { build: "failure" });
    const { number } = await world.incidentOn(branch);
    const key = await ourKey(number);

    await world.pager.act(key, "acknowledged", "Ada Lovelace");
    await world.says(`Ada Lovelace has i${number} now`);
    await world.ask("grace", `unack i${number}`);
    await world.says(`grace gave i${number} back for Ada Lovelace`);
    await world.ask("grace", `ack i${number}`);
    await eventually(() => world.pagesOf(number).at(-1) === "acknowledge");
    await world.pager.act(key, "resolved", "Ada Lovelace");

    await world.says(`Ada Lovelace closed i${number}`);
    await world.quiet();
    expect(world.pagesOf(number)).toEqual(["trigger", "trigger", "acknowledge"]);
    expect(world.thread(await world.root(branch)).filter((one) => world.headline(one).includes("Ada Lovelace has"))).toHaveLength(1);
    expect(wordsIn((await world.root(branch)).blocks)).toContain("closed by Ada Lovelace");
  });

  it("does not answer: the incident says so itself, and does no longer when it was paged after all", async () => {
    const mend = world.pager.fail({ status: 500 });
    const branch = await world.aBranch();
    await world.commit(branch, { build: "failure" });
    const { number } = await world.incidentOn(branch);
    await world.says("The pager does not answer: call whoever is on call yourself.");

    await world.ask("ada", `ack i${number}`);
    await eventually(() =>
      wordsIn(world.rootsOn(branch)[0]?.blocks).includes("it was not told of this: call whoever is on call yourself."),
    );
    mend();
    await eventually(() => world.pagesOf(number).length > 0);
    await world.says("The pager answers again.");
    await world.ask("ada", `unack i${number}`);

    await eventually(() => !wordsIn(world.rootsOn(branch)[0]?.blocks).includes("it was not told of this"));
  });
});

describe("a merge queue", () => {
  it("that fails has an incident of its own, by whatever pull request", async () => {
    const [first = 0, second = 0] = await world.github.openPulls("ada", 2, { jobs: { lint: "success" } });
    await world.github.tryInQueue(first, { jobs: { build: "failure" }, logs: { build: "error: the queue is stuck in the mud\n" } });
    const [incident] = await eventually(async () => {
      const queues = await world.open(({ subject }) => subject.kind === "pipeline" && subject.trigger === "merge_queue");
      return queues.length > 0 && queues;
    });

    expect(incident).toMatchObject({ subject: { branch: "main" }, lastRed: { pullRequest: first } });
    await world.github.tryInQueue(second, { jobs: { build: "failure" }, logs: { build: "error: the queue is stuck in the mud\n" } });
    const after = await world.untilIt(incident?.number ?? 0, ({ redCount }) => redCount === 2);

    expect(after.lastRed.pullRequest).toBe(second);
    expect(await world.open(({ subject }) => subject.kind === "pipeline" && subject.trigger === "merge_queue")).toHaveLength(1);
  });
});

describe("a pull request", () => {
  it("that fails pages nobody and says nothing in the channel", async () => {
    const messages = () => world.slack.transcript("ci", "ada").length;
    const before = [messages(), world.pager.taken().length, (await world.open(() => true)).length];

    await world.github.openPulls("ada", 2, { jobs: { build: "failure" }, logs: { build: "error: cannot find the spoon in the drawer\n" } });
    await world.quiet();

    expect([messages(), world.pager.taken().length, (await world.open(() => true)).length]).toEqual(before);
  });

  it("with the error of two others is an outage: one incident, one message and one page for all", async () => {
    const roots = world.roots().length;
    const logs = { build: "error: cannot find the registry of the harbour\n" };

    await world.github.openPulls("ada", 5, { jobs: { build: "failure" }, logs });
    const outages = () => world.open(({ subject }) => subject.kind === "outage");
    const [outage] = await eventually(async () => (await outages())[0]?.redCount === 3 && (await outages()));
    await world.quiet();

    expect(await outages()).toHaveLength(1);
    expect(world.roots()).toHaveLength(roots + 1);
    expect(world.pagesOf(outage?.number ?? 0)).toEqual(["trigger"]);
    expect(world.headline(world.roots().at(-1) as never)).toContain("outage, the same error in build");
  });
});

describe("a branch of everybody", () => {
  it("that fails like something that is known already is part of that, and nobody is paged for it", async () => {
    const logs = "cannot find the registry of the harbour";
    const branch = await world.aBranch();

    await world.commit(branch, { build: "failure" }, "ada", logs);
    const { number, outage } = await world.incidentOn(branch);

    expect(outage).toBeGreaterThan(0);
    await world.says(`i${number} is part of i${outage}`);
    await world.quiet();
    expect(world.pagesOf(number).filter((one) => one === "trigger")).toEqual([]);
  });

  it("concerns who wrote and merged what is new since it was green, each once", async () => {
    const [pull = 0] = await world.github.openPulls("ada", 1, { jobs: { lint: "success" } });
    await world.github.commit("uma", { message: "Green" });
    await world.github.mergePull("grace", pull, { jobs: { build: "failure" }, logs: { build: "error: the anchor was dropped\n" } });
    const { concerned = [], greenBefore } = await world.incidentOn("main");

    expect(greenBefore).toBeDefined();
    expect(concerned.map(({ name }) => name).toSorted()).toEqual(["ada", "grace"]);
    const root = await world.root("main");
    for (const { id } of [world.slack.people.ada, world.slack.people.grace])
      expect(JSON.stringify(root.blocks).split(`"user_id":"${id}"`)).toHaveLength(2);
  });
});

describe("an escalation", () => {
  it("calls who stands in when nobody is on call, and the channel is told why", async () => {
    world.slack.setGroup("S0CORE", []);
    await world.forgetOnCall();
    world.timings.escalateMs = 200;
    const branch = await world.aBranch();
    await world.commit(branch, { build: "failure" });
    const { number } = await world.incidentOn(branch);

    await world.says("Nobody is on call: the schedule core is empty.");
    await world.untilIt(number, ({ escalations }) => escalations === 2);
    world.timings.escalateMs = usualTimings.escalateMs;

    await world.saysInPrivate("ravi", `i${number} CI on ${branch}`);
    expect(world.saidTo("grace", `i${number} CI on ${branch}`)).toEqual([]);
  });
});

describe("a channel that cannot be told", () => {
  it("has its incidents told in the fallback channel, with the fix", async () => {
    world.slack.setBotIn("ci", false);
    const branch = await world.aBranch();
    await world.commit(branch, { build: "failure" });
    const { number } = await world.incidentOn(branch);

    const told = await eventually(() =>
      world.slack.transcript("random", "ada").find(({ blocks }) => wordsIn(blocks).includes(`i${number} CI on ${branch} is red`)),
    );

    expect(wordsIn(told.blocks)).toContain("the bot was removed: invite it there");
    expect(world.pagesOf(number)).toEqual(["trigger"]);
    world.slack.setBotIn("ci", true);
  });
});

// Last, because what is left of it would keep others waiting.
describe("a storm of failures", () => {
  it("acceptance 15: is one incident a pipeline, one message and one page, and none is lost", async () => {
    const branch = await world.aBranch();
    const { run } = await world.commit(branch, { build: "failure" });
    const { number } = await world.incidentOn(branch);
    const root = await world.root(branch);
    const begun = Date.now();
    const posts = () =>
      world.slack.calls().filter(({ method, args }) => method.startsWith("chat.") && (args.ts ?? args.thread_ts) === root.ts);

    await Promise.all(
      Array.from({ length: storm }, (_, index) => {
        const nth = index + 1;
        const failed = { head_branch: branch, id: run.id, head_sha: run.headSha, conclusion: "failure" };
        return world.deliverRun({ ...failed, run_number: run.number + nth, run_attempt: nth + 1 });
      }),
    );
    const after = await world.untilIt(number, ({ redCount }) => redCount === storm + 1, 20_000);

    const tookMs = Date.now() - begun;
    const edits = posts().length;
    const lost = storm + 1 - after.redCount;
    const delay = `counted within ${tookMs} ms, shown within ${togetherMs / 1000} s more`;
    console.log(`${storm} failures at once: ${world.rootsOn(branch).length} message sent, ${edits} edits; ${delay}; ${lost} lost`);
    expect([after.state, after.jobs]).toEqual(["open", ["build"]]);
    expect(await world.incidentsOn(branch)).toHaveLength(1);
    expect(world.rootsOn(branch)).toHaveLength(1);
    expect(world.pagesOf(number)).toEqual(["trigger"]);
    // What no person asked for is shown together, at the end of each 45 seconds.
    expect(posts().length).toBeLessThanOrEqual(1 + Math.ceil((Date.now() - begun) / togetherMs));
    expect(await world.deadLetters()).toEqual([]);
  });
});

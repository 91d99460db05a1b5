import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { defineCommand, noArguments } from "../../src/commands/command.ts";
import { commands } from "../../src/commands/index.ts";
import { UserError } from "../../src/errors.ts";
import { checkKey, putCheck } from "../../src/pipeline/own-checks.ts";
import type { Records } from "../../src/pipeline/records.ts";
import { done, type Reply, text } from "../../src/reply.ts";
import { eventually } from "../eventually.ts";
import { startWorld, type World } from "./world.ts";

/** How often it did something. */
let acked: string[] = [];

const ack = defineCommand<string>({
  name: "test-ack",
  usage: "test-ack <incident>",
  summary: "Acknowledges nothing at all.",
  examples: [],
  role: "write",
  isMutating: true,
  parse: (args) => args.word("an incident") ?? "",
  async run(incident, { actor, target }) {
    if (incident === "i13") throw new UserError("not_applicable", "over", "i13 is over.");
    acked.push(`${actor.name} ${incident} #${target?.pullRequest ?? target?.ref}`);
    return done("acked", text(`${incident} is yours now.`, "good"));
  },
});

/** What the bot keeps, so that a test can say something as one of its parts. */
let records: Records;

const lend = defineCommand<undefined, "records">({
  name: "test-lend",
  usage: "test-lend",
  summary: "Lends the test what the bot keeps.",
  examples: [],
  role: "any",
  parse: noArguments,
  async run(_, __, services) {
    records = services.records;
    return done("lent", text("Here."));
  },
});

let world: World;
beforeAll(async () => {
  world = await startWorld({ commands: [...commands, ack, lend], settings: () => ({ cooldownSeconds: 0 }) });
  await world.ask("ada", "test-lend");
});
afterAll(() => world.close());
beforeEach(() => {
  acked = [];
});

const reply: Reply = {
  ...done("told", text("test-rust is broken", "bad")),
  actions: [
    { label: "Acknowledge", command: "test-ack i12" },
    { label: "Retry", command: "retry-job --failed" },
  ],
};

let count = 0;
/** Says it on the head of the target, as a part of the bot does, and gives the check run once it is there. */
async function say(said: Reply = reply, target: number | string = world.github.pulls.red, name = `NeXTRust ${++count}`) {
  const headSha = (await world.github.runs(target))[0]?.headSha ?? "";
  const about = { repository: world.github.repository, headSha, name };
  await records.transaction(({ outbox }) => putCheck(outbox, about, said));
  const look = async () => (await world.github.checks(target)).find((check) => check.name === name);
  const made = await eventually(async () => {
    const check = await look();
    return check?.title === (said.parts[0] as { text: string }).text ? check : undefined;
  });
  return { ...made, key: checkKey(about), look, summary: async () => (await look())?.summary?.replaceAll("\u200b", "") ?? "" };
}

const commentsOn = async (number: number) =>
  (await world.github.comments(number)).filter(({ author }) => author === world.github.bot.login);
const settled = async (check: { summary(): Promise<string> }, words: string | RegExp) =>
  eventually(async () => (await check.summary()).match(words) ?? undefined);

describe("a button of a check run", () => {
  it("does what it stands for, for who may, and says so in the check run alone", async () => {
    const check = await say();
    const before = (await commentsOn(world.github.pulls.red)).length;

    await world.github.clickCheck("uma", check.id, "Acknowledge");

    await settled(check, /^\*\*uma\*\* asked ` test-ack i12 `: i12 is yours now\./);
    expect(acked).toEqual([`uma i12 #${world.github.pulls.red}`]);
    expect(await check.look()).toMatchObject({ title: "test-rust is broken", conclusion: "neutral" });
    expect(await commentsOn(world.github.pulls.red)).toHaveLength(before);
    expect(await world.ask("ada", "audit")).toContain("test-ack i12");
  });

  it("does it once under two GUIDs, redelivered and pressed twice", async () => {
    const check = await say();

    const [{ guid }] = await Promise.all([
      world.github.clickCheck("uma", check.id, "Acknowledge"),
      world.github.clickCheck("uma", check.id, "Acknowledge"),
    ]);
    await Promise.all([world.github.deliverTwice(guid), world.github.redeliver(guid)]);
    await settled(check, "i12 is yours now");
    await world.github.deliverTwice(guid);
    await world.ask("ada", "whoami");

    expect(acked).toHaveLength(1);
    expect((await check.summary()).match(/asked/g)).toHaveLength(1);
  });

  it("may be pressed by another person, and again after what came of it was shown", async () => {
    const check = await say();
    await world.github.clickCheck("uma", check.id, "Acknowledge");
    await settled(check, "i12 is yours now");
    const before = (await check.look())?.completedAt;
    // GitHub's times are of a second, the sandbox's of a millisecond.
    await world.github.clickCheck("ada", check.id, "Acknowledge");
    await eventually(async () => (await check.look())?.completedAt !== before && (await check.summary()).includes("ada"));

    await world.github.clickCheck("uma", check.id, "Acknowledge");

    await eventually(() => acked.length === 3);
    await eventually(async () => (await check.summary()).match(/asked/g)?.length === 3);
    expect(acked.map((each) => each.split(" ")[0])).toEqual(["uma", "ada", "uma"]);
  });

  it.each([
    ["a reader", "ravi"],
    ["a stranger", "sam"],
  ])("is refused to %s, who is told on the pull request, and mentions nobody", async (_, login) => {
    const { red } = world.github.pulls;
    const check = await say();
    const before = (await commentsOn(red)).length;

    await world.github.clickCheck(login, check.id, "Acknowledge");

    await settled(check, "needs the role write");
    const [told, ...more] = await eventually(async () => {
      const all = (await commentsOn(red)).slice(before);
      return all.length > 0 ? all : undefined;
    });
    expect(more).toEqual([]);
    expect(told?.body).toContain(`you hold read`);
    expect(told?.body).toContain(`${login} asked`);
    expect(told?.body).not.toMatch(/@\w/);
    expect(acked).toEqual([]);
  });

  it("that is not offered any more does nothing, whatever stands in its place, and says so", async () => {
    const check = await say();
    const stale = check.actions[0]?.identifier ?? "";
    const before = (await commentsOn(world.github.pulls.red)).length;
    const over: Reply = { ...done("told", text("Over already")), actions: [{ label: "Resolve", command: "test-ack i99" }] };
    const now = await say(over, world.github.pulls.red, check.name);
    const payload = structuredClone((await world.github.rerequestCheck("uma", check.id)).payload);
    await settled(now, /nothing here to run again/i);

    await world.github.deliver("check_run", { ...payload, action: "requested_action", requested_action: { identifier: stale } });

    await settled(now, "not offered here any more, so nothing was done");
    expect(acked).toEqual([]);
    expect(await commentsOn(world.github.pulls.red)).toHaveLength(before);
  });

  it("of a commit without a pull request is about that commit", async () => {
    const check = await say(reply, "main");

    await world.github.clickCheck("ada", check.id, "Acknowledge");

    await settled(check, "i12 is yours now");
    expect(acked).toEqual([`ada i12 #${check.headSha}`]);
  });

  it("keeps what came of it when the bot says something new", async () => {
    const check = await say();
    await world.github.clickCheck("uma", check.id, "Acknowledge");
    await settled(check, "i12 is yours now");

    const now = await say({ ...reply, parts: [text("It is still broken")] }, world.github.pulls.red, check.name);

    expect(await now.summary()).toMatch(/^\*\*uma\*\* asked/);
  });
});

describe("to run a check run again", () => {
  it("retries what it offers to retry, and shows in it how that goes on", async () => {
    const { red } = world.github.pulls;
    const check = await say();

    await world.github.rerequestCheck("ada", check.id);
    await settled(check, /^\*\*ada\*\* asked ` retry-job --failed `: \S+/);
    await eventually(async () => (await world.github.runs(red))[0]?.attempt === 2);
    await world.github.finishRuns(red);

    await settled(check, /asked ` retry-job --failed `: .*passed/);
  });
});

describe("check runs of others", () => {
  it("are nobody's to answer", async () => {
    const check = await say();
    const { payload } = await world.github.clickCheck("uma", check.id, "Acknowledge");
    await settled(check, "i12 is yours now");
    acked = [];
    const foreign = { ...(payload.check_run as object), id: 1, app: { slug: "github-actions" } };
    const byBot = { ...(payload.sender as object), id: 5, type: "Bot" };

    const answers = [
      await world.github.deliver("check_run", { ...payload, check_run: foreign }),
      await world.github.deliver("check_run", { ...payload, check_run: { ...(payload.check_run as object), id: 2 }, sender: byBot }),
    ];

    expect(answers.map(({ attempts }) => attempts[0]?.status)).toEqual([202, 202]);
    await world.ask("ada", "whoami");
    expect(acked).toEqual([]);
  });
});

describe("the status of a pipeline", () => {
  it("counts and lists no check run of the bot's own", async () => {
    const before = await world.ask("grace", `status #${world.github.pulls.green}`);

    const check = await say(reply, world.github.pulls.green);

    expect(await world.ask("grace", `status #${world.github.pulls.green}`)).toBe(before);
    expect(before).not.toContain(check.name);
  });
});

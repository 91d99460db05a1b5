import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../eventually.ts";
import { startWorld, type World, wordsIn } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld({
    settings: ({ slack, github }) => ({
      mirror: [{ repository: github.repository, channel: slack.channels.ci.id }],
      cooldownSeconds: 0,
    }),
  });
});
afterAll(() => world.close());

const mention = (text: string) => `<@${world.slack.botUserId}> ${text}`;
const inSlack = () => world.slack.transcript("ci", "ada");

/** The thread of the pull request: its first message, and the words of each reply. */
const rootOf = (number: number) =>
  eventually(() => inSlack().find(({ threadTs, blocks }) => threadTs === undefined && wordsIn(blocks).includes(`#${number} `)));
const repliesTo = (ts: string) => inSlack().filter(({ threadTs, visibleTo }) => threadTs === ts && visibleTo === undefined);
const replyWith = (ts: string, words: string) => eventually(() => repliesTo(ts).find(({ blocks }) => wordsIn(blocks).includes(words)));
const bodies = async (number: number) => (await world.github.comments(number)).map(({ body }) => body);
const commentWith = (number: number, words: string) =>
  eventually(async () => (await world.github.comments(number)).find(({ body }) => body.includes(words)));

describe("a pull request that is mirrored", () => {
  it("has one root message, which follows its title and state", async () => {
    const number = await world.github.openPull("ada", "Boot from SCSI");
    const root = await rootOf(number);
    expect(wordsIn(root.blocks)).toContain("Boot from SCSI");

    await world.github.changePull("ada", number, { title: "Boot from SCSI, slowly" });
    await world.github.changePull("ada", number, { state: "closed" });

    const closed = await eventually(() => inSlack().find(({ id, blocks }) => id === root.id && wordsIn(blocks).includes("not merged")));
    expect(wordsIn(closed.blocks)).toContain("Boot from SCSI, slowly");
    expect(inSlack().filter(({ blocks }) => wordsIn(blocks).includes("Boot from SCSI"))).toHaveLength(1);
  });

  it("has its comments in the thread, and what becomes of them", async () => {
    const { red } = world.github.pulls;
    const said = await world.github.comment(
      "ravi",
      red,
      "See <!channel> & `x` <!-- hidden -->\n```rust\nlet a = 1;\n```\n![Plan](https://example.com/a.png)",
    );
    const root = await rootOf(red);
    const reply = await replyWith(root.ts, "let a = 1;");
    expect(wordsIn(reply.blocks)).toBe("ravi\n on \nGitHub\nSee <!channel> & `x`\nlet a = 1;\nPlan\n");

    await world.github.edit("ravi", said.id, "Never mind.");
    await eventually(() => repliesTo(root.ts).some(({ id, blocks }) => id === reply.id && wordsIn(blocks).includes("Never mind.")));
    await world.github.edit("grace", said.id, "Never mind, he says.");
    await eventually(() =>
      repliesTo(root.ts).some(({ blocks }) => wordsIn(blocks).includes("ravi\n on \nGitHub\n (edited by grace)\nNever mind, he says.")),
    );

    await world.github.deleteComment("grace", said.id);
    await eventually(() => !repliesTo(root.ts).some(({ id }) => id === reply.id));
  });

  it("gets the replies of linked people as comments in their name, and what becomes of them", async () => {
    const { green } = world.github.pulls;
    await world.github.comment("grace", green, "First.");
    const root = await rootOf(green);
    await replyWith(root.ts, "First.");

    const { ada } = world.slack.people;
    const { message } = await world.slack.say({
      as: "ada",
      channel: "ci",
      threadTs: root.ts,
      text: `Hi <@${ada.id}>, @grace &amp; all:\n/ci-retry-job x\n<https://example.com|the plan>`,
    });
    const comment = await commentWith(green, "the plan");
    expect(comment.author).toBe(world.github.bot.login);
    expect(comment.body).toContain(
      `**ada** in [Slack](<https://nextrust.slack.com/archives/${world.slack.channels.ci.id}/p${message.ts.replace(".", "")}`,
    );
    expect(comment.body).toContain("[the plan](<https://example.com/>)");
    expect(comment.body).not.toMatch(/@grace|@ada|^\/ci/m);

    await world.slack.editMessage({ as: "ada", channel: "ci", ts: message.ts, text: "Changed my mind" });
    await eventually(async () =>
      (await world.github.comments(green)).some(({ id, body }) => id === comment.id && body.includes("Changed my mind")),
    );
    await world.slack.deleteMessage({ as: "ada", channel: "ci", ts: message.ts });
    await eventually(async () => !(await world.github.comments(green)).some(({ id }) => id === comment.id));
  });

  it("does not get those of the unlinked, who are told so once", async () => {
    const { green } = world.github.pulls;
    const root = await rootOf(green);
    await world.slack.say({ as: "uma", channel: "ci", threadTs: root.ts, text: "Let me in" });
    await world.slack.say({ as: "uma", channel: "ci", threadTs: root.ts, text: "Please let me in" });
    await world.slack.say({ as: "ada", channel: "ci", threadTs: root.ts, text: "After them" });
    await commentWith(green, "After them");

    const told = await eventually(() => {
      const whispers = world.slack.transcript("ci", "uma").filter(({ visibleTo }) => visibleTo === world.slack.people.uma.id);
      return whispers.length > 0 && whispers;
    });
    expect(told.map(({ blocks, threadTs }) => [threadTs, wordsIn(blocks).includes("you are not linked")])).toEqual([[root.ts, true]]);
    expect((await bodies(green)).join()).not.toContain("let me in");
  });

  it("keeps a copy away that somebody deleted, whatever comes later", async () => {
    const { green } = world.github.pulls;
    const root = await rootOf(green);
    const said = await world.github.comment("ada", green, "Read this");
    const reply = await replyWith(root.ts, "Read this");
    const { message } = await world.slack.say({ as: "ada", channel: "ci", threadTs: root.ts, text: "And that" });
    const comment = await commentWith(green, "And that");

    await world.slack.deleteMessage({ as: "grace", channel: "ci", ts: reply.ts });
    await world.github.deleteComment("grace", comment.id);
    await world.github.edit("ada", said.id, "Read this now");
    await world.slack.editMessage({ as: "ada", channel: "ci", ts: message.ts, text: "And that now" });
    await world.github.comment("ada", green, "Marker one");
    await replyWith(root.ts, "Marker one");
    await world.slack.say({ as: "ada", channel: "ci", threadTs: root.ts, text: "Marker two" });
    await commentWith(green, "Marker two");

    expect(repliesTo(root.ts).some(({ blocks }) => wordsIn(blocks).includes("Read this"))).toBe(false);
    expect((await bodies(green)).some((body) => body.includes("And that"))).toBe(false);
  });
});

describe("a command in a mirrored conversation", () => {
  it("on GitHub runs once, and shows the same outcome in the thread", async () => {
    const { red } = world.github.pulls;
    await world.comment("ada", red, "/ci-retry-job --failed");
    const root = await rootOf(red);

    await replyWith(root.ts, "/ci-retry-job --failed");
    const echo = await replyWith(root.ts, "ada asked /ci retry-job --failed");
    await world.github.finishRuns(red);
    await eventually(() => repliesTo(root.ts).some(({ id, blocks }) => id === echo.id && wordsIn(blocks).includes("passed")));
    expect((await world.github.runs(red)).map(({ attempt }) => attempt)).toEqual([2]);
  });

  it("in the thread is about that pull request, and shows the same outcome there", async () => {
    const { green } = world.github.pulls;
    const root = await rootOf(green);
    await world.slack.say({ as: "ada", channel: "ci", threadTs: root.ts, text: mention("mirror off") });

    await replyWith(root.ts, "no longer mirrored");
    const off = await eventually(() => inSlack().find(({ id, blocks }) => id === root.id && wordsIn(blocks).includes("Not mirrored")));
    expect(off).toBeDefined();

    await world.slack.say({ as: "ada", channel: "ci", threadTs: root.ts, text: "Between us" });
    await world.comment("ada", green, "/ci-mirror on");
    await world.slack.say({ as: "ada", channel: "ci", threadTs: root.ts, text: mention("freeze") });
    await world.slack.say({ as: "grace", channel: "ci", threadTs: root.ts, text: "For all again" });
    await commentWith(green, "For all again");
    expect((await bodies(green)).join()).not.toContain("Between us");
  });
});

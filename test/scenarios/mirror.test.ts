import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../eventually.ts";
import { startWorld, type World, wordsIn } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld({
    settings: ({ slack, github }) => ({
      channels: [
        { id: slack.channels.ci.id, repositories: [github.repository] },
        { id: slack.channels.random.id, repositories: [github.secretRepository] },
      ],
      mirror: [
        { repository: github.repository, channel: slack.channels.ci.id },
        { repository: github.secretRepository, channel: slack.channels.random.id },
      ],
      fallbackChannel: slack.channels.random.id,
      cooldownSeconds: 0,
    }),
  });
});
afterAll(() => world.close());

type Channel = "ci" | "random";
const mention = (text: string) => `<@${world.slack.botUserId}> ${text}`;
const inSlack = (channel: Channel) => world.slack.transcript(channel, "ada");

/** The first message of the pull request's thread, and the replies in a thread. */
const rootOf = (number: number, channel: Channel = "ci") =>
  eventually(() => inSlack(channel).find(({ threadTs, blocks }) => threadTs === undefined && wordsIn(blocks).includes(`#${number} `)));
const repliesTo = (ts: string, channel: Channel = "ci") =>
  inSlack(channel).filter(({ threadTs, visibleTo }) => threadTs === ts && visibleTo === undefined);
const replyWith = (ts: string, words: string, channel: Channel = "ci") =>
  eventually(() => repliesTo(ts, channel).find(({ blocks }) => wordsIn(blocks).includes(words)));
const commentWith = (number: number, words: string, repository?: string) =>
  eventually(async () => (await world.github.comments(number, repository)).find(({ body }) => body.includes(words)));

describe("a pull request that is mirrored", () => {
  it("has one first message, which follows its title and state", async () => {
    const there = world.github.secretRepository;
    const { number } = await world.github.openPull("ada", { title: "Boot from SCSI", branch: "boot-from-scsi" }, there);
    const root = await rootOf(number, "random");
    await world.github.changePull("ada", number, { title: "Boot from SCSI, slowly" }, there);
    await world.github.changePull("ada", number, { state: "closed" }, there);

    const closed = await eventually(() =>
      inSlack("random").find(({ id, blocks }) => id === root.id && wordsIn(blocks).includes("not merged")),
    );
    expect(wordsIn(closed.blocks)).toContain("Boot from SCSI, slowly");
    expect(inSlack("random").filter(({ blocks }) => wordsIn(blocks).includes("Boot from SCSI"))).toHaveLength(1);
  });

  it("has its comments in the thread, and what becomes of them", async () => {
    const { red } = world.github.pulls;
    const code = "```rust\nlet a = 1;\n```\n![Plan](https://example.com/a.png)";
    const said = await world.github.comment("ravi", red, `See <!channel> & \`x\` <!-- hidden -->\n${code}`);
    const root = await rootOf(red);
    const reply = await replyWith(root.ts, "let a = 1;");
    expect(wordsIn(reply.blocks)).toBe("ravi\n on \nGitHub\nSee <!channel> & `x`\nlet a = 1;\nPlan\n");

    await world.github.edit("grace", said.id, "Never mind, he says.");
    const edited = await replyWith(root.ts, "Never mind");
    expect([edited.id, wordsIn(edited.blocks)]).toEqual([reply.id, "ravi\n on \nGitHub\n (edited by grace)\nNever mind, he says.\n"]);

    await world.github.deleteComment("grace", said.id);
    await eventually(() => repliesTo(root.ts).length === 0);
  });

  it("has its reviews in the thread, and what is said on its lines, with the place", async () => {
    const { green } = world.github.pulls;
    const { github } = world;
    const review = await github.review("ravi", green, {
      state: "changes_requested",
      body: "Nearly.",
      comments: [{ path: "src/fpu-traps.rs", line: 2, body: "Why `unsafe`?" }],
    });
    await github.reviewComment("ada", green, { replyTo: review.comments[0]?.id ?? 0, body: "Because of the trap." });
    await github.review("grace", green, { state: "approved" });
    const root = await rootOf(green);
    await replyWith(root.ts, "Because of the trap.");
    await replyWith(root.ts, "approved");

    const words = repliesTo(root.ts).map(({ blocks }) => wordsIn(blocks).replaceAll("\n", ""));
    expect(words).toEqual([
      "ravi on GitHub, requested changesNearly.",
      "ravi on GitHub, src/fpu-traps.rs:2Why `unsafe`?",
      "ada on GitHub, src/fpu-traps.rs:2Because of the trap.",
      "grace on GitHub, approved",
    ]);
    await github.editReview("ravi", review.id, "Very nearly.");
    await github.editReviewComment("ravi", review.comments[0]?.id ?? 0, "Why not safe?");
    await eventually(() => repliesTo(root.ts).filter(({ blocks }) => /Very nearly|Why not safe/.test(wordsIn(blocks))).length === 2);
    await github.deleteReviewComment("ravi", review.comments[0]?.id ?? 0);
    await eventually(() => !repliesTo(root.ts).some(({ blocks }) => wordsIn(blocks).includes("Why not safe")));
  });

  it("gets the replies of linked people as comments in their name, and what becomes of them", async () => {
    const { secret } = world.github.pulls;
    const there = world.github.secretRepository;
    world.slack.setPrivate("random", true);
    await world.github.comment("grace", secret, "First.", there);
    const root = await rootOf(secret, "random");

    const text = `Hi <@${world.slack.people.ada.id}>, @grace &amp; all:\n/ci-retry-job x\n<https://example.com|the plan>`;
    const { message } = await world.slack.say({ as: "ada", channel: "random", threadTs: root.ts, text });
    const comment = await commentWith(secret, "the plan", there);
    const address = `https://nextrust.slack.com/archives/${world.slack.channels.random.id}/p${message.ts.replace(".", "")}`;
    expect(comment.author).toBe(world.github.bot.login);
    expect(comment.body).toContain(`**ada** in [Slack](<${address}`);
    expect(comment.body).toContain("[the plan](<https://example.com/>)");
    expect(comment.body).not.toMatch(/@grace|@ada|^\/ci/m);

    await world.slack.editMessage({ as: "ada", channel: "random", ts: message.ts, text: "Changed my mind" });
    expect((await commentWith(secret, "Changed my mind", there)).id).toBe(comment.id);
    await world.slack.deleteMessage({ as: "ada", channel: "random", ts: message.ts });
    await eventually(async () => !(await world.github.comments(secret, there)).some(({ id }) => id === comment.id));
  });

  it("tells the unlinked once that theirs do not reach it", async () => {
    const { red } = world.github.pulls;
    const root = await rootOf(red);
    for (const text of ["Let me in", "Please let me in"]) await world.slack.say({ as: "uma", channel: "ci", threadTs: root.ts, text });
    await world.slack.say({ as: "ada", channel: "ci", threadTs: root.ts, text: "After them" });
    await commentWith(red, "After them");

    const whispers = await eventually(() => {
      const told = world.slack.transcript("ci", "uma").filter(({ visibleTo }) => visibleTo === world.slack.people.uma.id);
      return told.length > 0 && told;
    });
    expect(whispers.map(({ blocks, threadTs }) => [threadTs, wordsIn(blocks).includes("you are not linked")])).toEqual([[root.ts, true]]);
    expect((await world.github.comments(red)).some(({ body }) => body.includes("et me in"))).toBe(false);
  });

  it("keeps a copy away that somebody deleted, whatever comes later", async () => {
    const { secret } = world.github.pulls;
    const there = world.github.secretRepository;
    const root = await rootOf(secret, "random");
    const reply = await replyWith(root.ts, "First.", "random");
    const { message } = await world.slack.say({ as: "ada", channel: "random", threadTs: root.ts, text: "And that" });
    const comment = await commentWith(secret, "And that", there);

    await world.slack.deleteMessage({ as: "grace", channel: "random", ts: reply.ts });
    await world.github.deleteComment("grace", comment.id, there);
    const [first] = await world.github.comments(secret, there);
    await world.github.edit("grace", first?.id ?? 0, "First, but better", there);
    await world.slack.editMessage({ as: "ada", channel: "random", ts: message.ts, text: "And that, but better" });
    await world.slack.say({ as: "ada", channel: "random", threadTs: root.ts, text: "The end" });
    await commentWith(secret, "The end", there);

    expect(repliesTo(root.ts, "random").some(({ blocks }) => wordsIn(blocks).includes("First"))).toBe(false);
    expect((await world.github.comments(secret, there)).some(({ body }) => body.includes("And that"))).toBe(false);
  });

  it("hears nothing more from a private channel once it is public, and nothing of that is passed on later", async () => {
    const { secret } = world.github.pulls;
    const there = world.github.secretRepository;
    const root = await rootOf(secret, "random");
    world.github.setPrivate(false, there);
    const { message } = await world.slack.say({ as: "ada", channel: "random", threadTs: root.ts, text: "Between us" });
    await eventually(() => inSlack("random").find(({ blocks }) => wordsIn(blocks).includes("everyone can read it")));

    world.slack.setPrivate("random", false);
    await world.slack.editMessage({ as: "ada", channel: "random", ts: message.ts, text: "Between us!" });
    await world.slack.say({ as: "ada", channel: "random", threadTs: root.ts, text: "For everyone" });
    await commentWith(secret, "For everyone", there);
    expect((await world.github.comments(secret, there)).some(({ body }) => body.includes("Between us"))).toBe(false);
  });
});

describe("a channel that takes nothing for now", () => {
  it("gets everything in order when it does again, and no other channel gets any of it", async () => {
    world.slack.setBotIn("ci", false);
    const { number } = await world.github.openPull("ada", { title: "Without an audience", branch: "no-audience" });
    await world.github.comment("grace", number, "Anybody there?");
    const notice = await eventually(() => inSlack("random").find(({ blocks }) => wordsIn(blocks).includes("the bot was removed")));
    world.slack.setBotIn("ci", true);

    const root = await rootOf(number);
    await replyWith(root.ts, "Anybody there?");
    expect(wordsIn(notice.blocks)).not.toMatch(/audience|Anybody/);
    expect(inSlack("random").some(({ blocks }) => /audience|Anybody/.test(wordsIn(blocks)))).toBe(false);
  });
});

describe("a command in a mirrored conversation", () => {
  it("on GitHub runs once, and shows the same outcome in the thread, to its end", async () => {
    const { red } = world.github.pulls;
    await world.comment("ada", red, "/ci-retry-job --failed");
    const root = await rootOf(red);
    const echo = await replyWith(root.ts, "ada asked /ci retry-job --failed");
    const question = repliesTo(root.ts).findLast(({ order }) => order < echo.order);
    await world.github.finishRuns(red);

    await eventually(() => repliesTo(root.ts).some(({ id, blocks }) => id === echo.id && wordsIn(blocks).includes("passed")));
    expect(wordsIn(question?.blocks)).toContain("/ci-retry-job --failed");
    expect((await world.github.runs(red)).map(({ attempt }) => attempt)).toEqual([2]);
  });

  it("that is offered with an answer from GitHub, and clicked in the thread, is about that pull request, and is answered on both sides", async () => {
    const { green } = world.github.pulls;
    await world.github.setJob(green, "test-rust (m68040)", "failure");
    await world.github.comment("ada", green, "/ci-status");
    const root = await rootOf(green);
    const { id, actions } = await eventually(() => repliesTo(root.ts).findLast((message) => message.actions.length > 0));
    const { actionId, value = "" } = actions[0] ?? { actionId: "" };
    expect(value).toMatch(/^retry-job --failed sha=\w+$/);

    await world.slack.click({ as: "ada", messageId: id, actionId, value });

    await replyWith(root.ts, "ada asked /ci retry-job");
    await commentWith(green, "ada asked ` /ci-retry-job");
    await world.github.finishRuns(green);
    await eventually(async () => (await commentWith(green, "ada asked ` /ci-retry-job")).body.includes("passed"));
  });

  it.each([
    ["a comment", (green: number) => world.github.comment("ada", green, "/ci-status")],
    ["a review", (green: number) => world.github.review("ada", green, { body: "/ci-status" })],
    [
      "a comment on a line",
      (green: number) => world.github.reviewComment("ada", green, { path: "src/fpu-traps.rs", line: 3, body: "/ci-status" }),
    ],
  ])("in %s that only asks is answered in the thread too", async (_, ask) => {
    const { green } = world.github.pulls;
    const told = () => inSlack("ci").filter(({ blocks }) => wordsIn(blocks).includes("ada asked /ci status")).length;
    const before = told();
    await ask(green);

    await eventually(() => told() === before + 1);
  });

  it("in what opens a pull request is answered in its thread too", async () => {
    const { number } = await world.github.openPull("ada", { title: "Ask at once", branch: "ask-at-once", body: "/ci-status" });
    const root = await rootOf(number);

    await replyWith(root.ts, "ada asked /ci status");
  });

  it("in the thread is about that pull request, and shows the same outcome on it", async () => {
    const { red } = world.github.pulls;
    const root = await rootOf(red);
    await world.slack.say({ as: "ada", channel: "ci", threadTs: root.ts, text: mention("mirror on") });

    const echo = await commentWith(red, "are mirrored");
    expect(echo.body).toContain("ada asked");
    await replyWith(root.ts, `#${red} and its Slack thread are mirrored.`);
    expect((await world.github.comments(red)).filter(({ body }) => body.includes("are mirrored"))).toHaveLength(1);
  });

  it("switches the mirror off, for what is said meanwhile for ever", async () => {
    const { secret } = world.github.pulls;
    const there = world.github.secretRepository;
    const root = await rootOf(secret, "random");
    const ask = (text: string) => world.slack.say({ as: "ada", channel: "random", threadTs: root.ts, text });
    await ask(mention("mirror off"));
    await eventually(() => inSlack("random").find(({ id, blocks }) => id === root.id && wordsIn(blocks).includes("switched it off")));
    await ask("Off the record");
    await ask(mention("mirror on"));
    await replyWith(root.ts, "are mirrored.", "random");
    await ask("On the record");

    await commentWith(secret, "On the record", there);
    expect((await world.github.comments(secret, there)).some(({ body }) => body.includes("Off the record"))).toBe(false);
  });
});

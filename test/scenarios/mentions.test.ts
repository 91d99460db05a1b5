import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../eventually.ts";
import { startWorld, type World, wordsIn } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const mention = (text: string) => `<@${world.slack.botUserId}> ${text}`;

describe("a message that names the bot", () => {
  it("is answered in the thread that it begins", async () => {
    const { message } = await world.slack.say({ as: "ada", channel: "ci", text: mention("status #2") });

    const answer = await eventually(() => world.slack.transcript("ci", "ada").find(({ threadTs }) => threadTs === message.ts));
    expect(wordsIn(answer.blocks)).toContain("#2");
  });

  it("is answered in the thread that it was written in", async () => {
    const { message } = await world.slack.say({ as: "ada", channel: "ci", text: "The build is red." });
    await world.slack.say({ as: "ada", channel: "ci", text: mention("whoami"), threadTs: message.ts });

    const answer = await eventually(() =>
      world.slack.transcript("ci", "ada").find(({ threadTs, text }) => threadTs === message.ts && text.includes("ada")),
    );
    expect(wordsIn(answer.blocks)).toContain("ada");
  });

  it("is answered by buttons that are answered in its thread too", async () => {
    const { message } = await world.slack.say({ as: "ada", channel: "ci", text: mention("status #2") });
    const inThread = (words: string) =>
      eventually(() =>
        world.slack.transcript("ci", "ada").find(({ threadTs, blocks }) => threadTs === message.ts && wordsIn(blocks).includes(words)),
      );
    const { id, actions } = await inThread("#2");

    await world.slack.click({ as: "ada", messageId: id, actionId: actions.find(({ label }) => label === "Show the log")?.actionId ?? "" });

    expect((await inThread("First error")).visibleTo).toBe(world.slack.people.ada.id);
  });

  it("is heard only where a line begins with it, and only from people", async () => {
    const before = world.slack.transcript("ci", "ada").length;
    await world.slack.say({ as: "ada", channel: "ci", text: `Thanks, ${mention("status")}` });
    await world.slack.say({ as: "ada", channel: "ci", text: `&gt; ${mention("status")}` });
    await world.bot.stop();

    expect(world.slack.transcript("ci", "ada")).toHaveLength(before + 2);
    await world.restart();
  });
});

describe("a message to the bot itself", () => {
  it("is answered though a file comes with it", async () => {
    const { id: user, dm: channel } = world.slack.people.grace;
    const file = { id: "F0SCREENSHOT", name: "red.png" };

    await world.slack.event({
      type: "message",
      subtype: "file_share",
      channel_type: "im",
      ts: "1763000000.000100",
      user,
      channel,
      text: "whoami",
      files: [file],
    });

    await eventually(() => world.slack.transcript("dm", "grace").find(({ blocks }) => wordsIn(blocks).includes("grace (id")));
  });

  it("needs no name", async () => {
    await world.slack.say({ as: "ada", channel: "dm", text: "whoami" });

    const answer = await eventually(() => world.slack.transcript("dm", "ada").find(({ authorId }) => authorId === world.slack.botUserId));
    expect(wordsIn(answer.blocks)).toContain("ada");
  });
});

describe("several commands in one message that names the bot", () => {
  it("are each answered to whom it concerns: what everybody may see in the thread, the rest to the asker alone", async () => {
    const { slack, github } = world;
    const lines = ["retry-job --failed #2", `status ${github.secretRepository}#${github.pulls.secret}`, "audit --csv", "audit --csv"];
    const { message } = await slack.say({ as: "ada", channel: "ci", text: lines.map(mention).join("\n") });
    const seenBy = (who: "ada" | "uma") => slack.transcript("ci", who).filter(({ threadTs }) => threadTs === message.ts);

    await eventually(() => seenBy("uma").length > 0);
    await github.finishRuns(2);
    await eventually(() => seenBy("uma").some(({ blocks }) => /(passed|failed)( again)? on attempt 2/.test(wordsIn(blocks))));

    const seen = seenBy("uma").map(({ blocks, files = [] }) => wordsIn(blocks) + files.map(({ content }) => content).join(""));
    expect(seen).toHaveLength(1);
    expect(seen[0]).not.toMatch(/#1: all|Audit of|endedAt|secret/);
    const told = seenBy("ada").map(({ blocks }) => wordsIn(blocks));
    expect(told.filter((words) => words.includes("Audit of nextrust/nextrust"))).toHaveLength(1);
    expect(told.join("")).toContain("all 7 jobs are green");
    expect(slack.transcript("dm", "ada").flatMap(({ files = [] }) => files)).toHaveLength(2);
  });
});

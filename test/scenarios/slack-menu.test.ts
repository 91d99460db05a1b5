import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../eventually.ts";
import { startWorld, type Who, type World, wordsIn } from "./world.ts";

const more = ["acme/a", "acme/b", "acme/c"];
let world: World;
beforeAll(async () => {
  world = await startWorld({
    settings: ({ slack, github }) => ({
      channels: [
        { id: slack.channels.ci.id, repositories: [github.repository] },
        { id: slack.channels.random.id, repositories: [github.repository, ...more] },
      ],
    }),
  });
});
afterAll(() => world.close());

const last = (as: Who, channel: "ci" | "random" | "dm") => world.slack.transcript(channel, as).findLast(({ blocks }) => blocks.length > 0);
const mention = (text: string) => `<@${world.slack.botUserId}> ${text}`;

describe("the bare command", () => {
  it("offers what a maintainer most likely wants of what is red", async () => {
    expect(await world.ask("ada", "")).toContain("❌ #2: test-rust (m68040) failed");

    const message = last("ada", "ci");
    expect(message?.visibleTo).toBe(world.slack.people.ada.id);
    expect(message?.actions.map(({ label }) => label)).toEqual(["Show status", "Retry failed jobs", "More…"]);
    expect(message?.actions.at(-1)?.options?.map(({ text }) => text.text)).toEqual(["Show the log", "Help", "Who am I?"]);
  });

  it("gives by its menu what a command gives", async () => {
    const message = last("ada", "ci");

    await world.slack.click({
      as: "ada",
      messageId: message?.id ?? "",
      actionId: message?.actions.at(-1)?.actionId ?? "",
      value: "whoami",
    });

    await eventually(() => world.slack.transcript("ci", "ada").some(({ blocks }) => wordsIn(blocks).includes("On GitHub: ")));
  });

  it("offers a reader nothing that would be refused", async () => {
    await world.ask("ravi", "menu #2");

    expect(last("ravi", "ci")?.actions.map(({ label }) => label)).toEqual(["Show status", "Help", "Who am I?"]);
  });

  it("asks by a menu which of many repositories is meant, and never guesses", async () => {
    expect(await world.ask("ada", "", "random")).toContain("Several repositories are bound to this channel");
    const message = last("ada", "random");
    const [choice] = message?.actions ?? [];
    expect(choice?.options?.map(({ value }) => value)).toEqual(
      [" nextrust/nextrust@", ...more.map((each) => ` ${each}@`)].map((each) => `menu${each}`),
    );

    await world.slack.click({
      as: "ada",
      messageId: message?.id ?? "",
      actionId: choice?.actionId ?? "",
      value: "menu nextrust/nextrust@",
    });

    await eventually(() =>
      world.slack
        .transcript("random", "ada")
        .some(({ blocks }) => wordsIn(blocks).includes("What would you like to do in nextrust/nextrust?")),
    );
  });

  it("says so when GitHub is away, and offers what needs no GitHub", async () => {
    world.github.fail(/Pipeline/, { status: 502 }, 3);

    expect(await world.ask("uma", "")).toContain("GitHub has trouble answering.");

    expect(last("uma", "ci")?.actions.map(({ label }) => label)).toEqual(["Show status", "Help", "Who am I?"]);
  });

  it("opens for a guest nothing", async () => {
    expect(await world.ask("gil", "")).toContain("Guests cannot use me here.");
  });
});

describe("a mention", () => {
  const inThread = async (text: string, as: Who = "ada") => {
    const { message } = await world.slack.say({ as, channel: "ci", text });
    return eventually(() => {
      const found = world.slack.transcript("ci").filter(({ threadTs, blocks }) => threadTs === message.ts && blocks.length > 0);
      return found.length > 0 && found;
    });
  };

  it("that asks about the channel's own repository is answered for all who saw the question", async () => {
    const [answer] = await inThread(mention("status #2"));

    expect(answer?.visibleTo).toBeUndefined();
    expect(wordsIn(answer?.blocks)).toContain("#2: test-rust (m68040) failed");
  });

  it.each([
    ["a refusal", "retry-job --failed #2", "ravi"],
    ["a mistake", "status #2 extra", "ada"],
    ["help", "help", "ada"],
    ["another repository", "status nextrust/secret#1", "ada"],
    ["nothing said", "", "ada"],
  ] as const)("is answered to the asker alone: %s", async (_, text, as) => {
    const answers = await inThread(mention(text), as);

    expect(answers.map(({ visibleTo }) => visibleTo)).toEqual([world.slack.people[as].id]);
  });

  it("that asks two things tells all the one and the asker alone the other", async () => {
    const { message } = await world.slack.say({ as: "ada", channel: "ci", text: `${mention("status #2")}\n${mention("nonsense")}` });

    const answers = await eventually(() => {
      const found = world.slack.transcript("ci").filter(({ threadTs, blocks }) => threadTs === message.ts && blocks.length > 0);
      return found.length === 2 && found;
    });
    const [toAll, toAda] = [answers.find(({ visibleTo }) => !visibleTo), answers.find(({ visibleTo }) => visibleTo)];
    expect(wordsIn(toAll?.blocks)).toContain("#2: test-rust");
    expect(wordsIn(toAll?.blocks)).not.toContain("There is no command");
    expect(wordsIn(toAda?.blocks)).toContain("There is no command");
  });
});

describe("a message to the bot itself", () => {
  it("that only names it opens the menu", async () => {
    await world.slack.say({ as: "ada", channel: "dm", text: mention("") });

    await eventually(() => world.slack.transcript("dm", "ada").some(({ actions }) => actions.some(({ label }) => label === "Help")));
  });
});

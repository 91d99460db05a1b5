import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../eventually.ts";
import { startWorld, type World, wordsIn } from "./world.ts";

describe("/ci in Slack", () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.close());

  it("acknowledges at once, naming what it understood", async () => {
    const { status, shown } = await world.slack.slash({ as: "ada", channel: "random", text: "status #2" });

    expect(status).toBe(200);
    expect(shown?.text).toBe("On it: /ci status …");
  });

  it("acknowledges without a word what it does not know, and then says so once", async () => {
    const before = world.slack.transcript("random", "ravi").length;
    const { status, shown } = await world.slack.slash({ as: "ravi", channel: "random", text: "frobnicate now" });

    await eventually(() => world.slack.transcript("random", "ravi").length > before);
    expect({ status, shown }).toEqual({ status: 200, shown: undefined });
    expect(world.slack.transcript("random", "ravi")).toHaveLength(before + 1);
  });

  it("shows the pipeline of a pull request to the asker alone", async () => {
    const answer = await world.ask("ada", "status #2");

    expect(answer.replace(/\b[0-9a-f]{7}\n/, "<sha>\n")).toMatchInlineSnapshot(`
      "❌ #2: test-rust (m68040) failed · Handle FPU traps in the kernel
      Commit: 
      <sha>

      Jobs: 
      1 failed, 5 passed, 1 skipped

      Required: 
      3 of 4 passed
      ❌ 
      failed, required
       · 
      CI / test-rust (m68040)
      #2 on GitHub
      Retry failed jobs
      Show the log
      "
    `);
    expect(world.slack.transcript("ci", "ravi").filter(({ visibleTo }) => visibleTo === world.slack.people.ada.id)).toEqual([]);
  });

  it("takes a linked person's newest open pull request when none is named, and says so", async () => {
    expect(await world.ask("ada", "status")).toContain("Your newest open pull request, since none was named.");
  });

  it("takes the default branch for somebody unlinked, and says so", async () => {
    const answer = await world.ask("uma", "status");

    expect(answer).toContain("main: all");
    expect(answer).toContain("The default branch, since none was named and you are not linked to a GitHub account.");
  });

  it("reads a branch and a commit", async () => {
    expect(await world.ask("ravi", "status main")).toContain("main: all");
    expect(await world.ask("ravi", "status nope")).toContain("nextrust/nextrust has no nope");
  });

  it("shows what this person may do here", async () => {
    const answer = await world.ask("uma", "help");

    expect(answer).toContain("What you may do here on nextrust/nextrust:");
    expect(answer).toContain("/ci status [#pr|branch|sha]");
  });

  it("tells who somebody is", async () => {
    expect(await world.ask("ada", "whoami")).toMatch(/ada[\s\S]+On GitHub: \nada \(id \d+\)[\s\S]+Your role: \nmaintain/);
    expect(await world.ask("uma", "whoami")).toContain("not linked");
  });

  it("answers whether somebody can, without doing it", async () => {
    expect(await world.ask("uma", "can status")).toContain(
      "Yes: you may use /ci status on nextrust/nextrust, because the channel may read it.",
    );
  });

  it.each([
    ["statsu", 'There is no command "statsu". Did you mean /ci status'],
    ["status main extra", "I do not know what to do with extra here."],
    ["status a..b", "is no branch or commit"],
    ['status "main', "quote"],
    ["can", "What is missing here: command."],
    ["help nope", 'There is no command "nope".'],
  ])("refuses %j with words that help", async (text, words) => {
    expect(await world.ask("ada", text)).toContain(words);
  });

  it("offers help by a button that works", async () => {
    await world.ask("ada", "nonsense");
    const message = world.slack.transcript("ci", "ada").findLast(({ actions }) => actions.length > 0);

    await world.slack.click({ as: "ada", messageId: message?.id ?? "", actionId: message?.actions[0]?.actionId ?? "" });

    const answer = await eventually(() =>
      world.slack.transcript("ci", "ada").findLast(({ blocks }) => wordsIn(blocks).includes("What you may do here")),
    );
    expect(answer.order).toBeGreaterThan(message?.order ?? 0);
  });

  it("hears neither guests nor people of other workspaces nor shared channels", async () => {
    expect(await world.ask("gil", "status")).toContain("Guests cannot use me here.");
    expect(await world.ask("fay", "status")).toContain("I answer members of this workspace only.");
    expect(await world.ask("ada", "status", "partners")).toContain("This channel is shared with another workspace");
  });

  it("lets the unlinked read the channel's repository and no other", async () => {
    expect(await world.ask("uma", "status nextrust/secret@")).toContain("you are not linked");
    expect(await world.ask("uma", "status", "random")).toContain("This channel is bound to no repository.");
  });

  it("lets the linked read what their own role lets them, wherever they ask", async () => {
    expect(await world.ask("ravi", "status nextrust/secret@", "random")).toContain("you hold none");
    expect(await world.ask("ada", "status nextrust/secret@", "random")).toContain("main: all");
  });

  it("logs one line a command and no secret", async () => {
    await world.ask("ada", "whoami");

    expect(world.log()).toContain("command answered");
    for (const secret of ["xoxb-", world.github.app.webhookSecret, "PRIVATE KEY", "/response/"]) expect(world.log()).not.toContain(secret);
  });
});

describe("settings", () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({
      settings: ({ slack, github }) => ({
        prefix: "build",
        channels: [{ id: slack.channels.ci.id, repositories: [github.repository, github.secretRepository] }],
        // The login is Ada's, the id is not: somebody else was called so when the link was made.
        links: [{ slack: slack.people.ravi.id, github: { id: 987_654, login: "ada" } }],
        allow: { slackUsers: [slack.people.gil.id], slackChannels: [slack.channels.partners.id], githubBots: [], internalsOn: [] },
      }),
    });
  });
  afterAll(() => world.close());

  it("may bind several repositories to a channel: the bot asks which, and a button answers", async () => {
    expect(await world.ask("ada", "status #1")).toContain(
      "Several repositories are bound to this channel: nextrust/nextrust, nextrust/secret.",
    );
    const message = world.slack.transcript("ci", "ada").findLast(({ actions }) => actions.length > 0);
    expect(message?.actions.map(({ label, value }) => [label, value])).toEqual([
      ["nextrust", "status nextrust/nextrust#1"],
      ["secret", "status nextrust/secret#1"],
    ]);

    await world.slack.click({ as: "ada", messageId: message?.id ?? "", actionId: message?.actions[1]?.actionId ?? "" });

    await eventually(() => world.slack.transcript("ci", "ada").some(({ blocks }) => wordsIn(blocks).includes("Make the fans quieter")));
  });

  it("authorise by the numeric id: a login that somebody else has now is worth nothing", async () => {
    expect(await world.ask("ravi", "status nextrust/secret#1", "random")).toContain("you hold none");
  });

  it("may name guests and shared channels that are heard", async () => {
    expect(await world.ask("gil", "whoami")).toContain("You are:");
    expect(await world.ask("ada", "whoami", "partners")).toContain("You are:");
  });

  it("may give the commands another prefix, and the old one is nothing then", async () => {
    const before = (await world.github.comments(world.github.pulls.red)).length;
    await world.github.comment("ada", world.github.pulls.red, "/ci-whoami");

    expect(await world.comment("ada", world.github.pulls.red, "/build-help whoami")).toContain("/build-whoami");
    expect((await world.github.comments(world.github.pulls.red)).length).toBe(before + 3);
  });
});

describe("a slow or failing service", () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.close());

  it("does the whole status in at most two requests of its own", async () => {
    await world.ask("ada", "status #1");
    const before = world.github.calls().length;

    await world.ask("ada", "status #1");
    await world.ask("ada", "status");

    expect(
      world.github
        .calls()
        .slice(before)
        .map(({ name }) => name),
    ).toEqual(["POST /graphql PullRequestPipeline", "POST /graphql NewestPullRequest", "POST /graphql PullRequestPipeline"]);
  });

  it("says that GitHub is away, and works again afterwards", async () => {
    world.github.fail(/PullRequestPipeline/, { status: 502 }, 3);

    expect(await world.ask("ada", "status #1")).toContain("GitHub has trouble answering. Nothing was done. Try again in a minute.");
    expect(await world.ask("ada", "status #1")).toContain("#1: all 7 jobs are green");
  });

  it("repeats a read that stumbled once, unseen", async () => {
    world.github.fail(/PullRequestPipeline/, { status: 502 }, 1);

    expect(await world.ask("ada", "status #1")).toContain("#1: all 7 jobs are green");
  });

  it("neither allows nor refuses when the role cannot be looked up", async () => {
    world.github.fail(/collaborators\/ada\/permission/, { status: 500 }, 3);

    // Nobody asked for Ada's role on this repository in this world's last ten seconds.
    expect(await world.ask("ada", "status nextrust/secret#1", "random")).toContain("Nothing was done. Try again in a minute.");
    expect(await world.ask("ada", "status nextrust/secret#1", "random")).toContain("#1: all 7 jobs are green");
  });

  it("lets nobody through when Slack cannot tell who they are, and works again afterwards", async () => {
    world.slack.fail(/users\.info/, { status: 500, times: 1 });

    expect(await world.ask("uma", "status")).toContain("Slack could not tell whether you belong to this workspace.");
    expect(await world.ask("uma", "status")).toContain("main: all");
  });

  it("answers in private when the response_url is gone", async () => {
    world.slack.fail(/response_url/, { status: 404, error: "expired_url", times: 1 });

    await world.slack.slash({ as: "ada", channel: "ci", text: "whoami" });

    const message = await eventually(() => world.slack.transcript("dm", "ada").at(-1));

    expect(wordsIn(message.blocks)).toContain("You are:");
  });
});

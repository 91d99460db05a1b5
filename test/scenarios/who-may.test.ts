import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../eventually.ts";
import { openStage, repository, type Stage } from "./actions/stage.ts";
import { startWorld, type World, wordsIn } from "./world.ts";

const botId = 4_242;

let stage: Stage;
/** The same house with guests, a shared channel and a bot allowed, and a login that has changed hands. */
let allowing: World;
beforeAll(async () => {
  [stage, allowing] = await Promise.all([
    openStage(),
    startWorld({
      settings: ({ slack, github, config }) => ({
        allow: {
          slackUsers: [slack.people.gil.id, slack.people.fay.id],
          slackChannels: [slack.channels.partners.id],
          githubBots: [botId],
          internalsOn: [github.repository],
        },
        links: [...config.settings.links, { slack: slack.people.uma.id, github: { id: 987_654, login: "ada" } }],
      }),
    }),
  ]);
});
afterAll(() => Promise.all([stage.close(), allowing.close()]));

const commentsOf = ({ github }: World, number: number) => github.comments(number);
const repliesOn = async (world: World, number: number) =>
  (await commentsOf(world, number)).filter(({ author }) => author === world.github.bot.login);

/** A comment as GitHub would deliver it, by an account that the sandbox does not have. */
async function deliverComment(world: World, number: number, body: string, by: { login: string; id: number; type: string }, id: number) {
  await world.github.comment("ada", number, "Hm.");
  const last = world.github.deliveries().findLast(({ event }) => event === "issue_comment")?.payload as Record<string, object>;
  const user = { ...(last.sender as object), ...by };
  return world.github.deliver("issue_comment", { ...last, sender: user, comment: { ...last.comment, id, body, user } });
}

describe("somebody in Slack who is not linked", () => {
  it("reads the repositories bound to the channel, and changes nothing there", async () => {
    expect(await stage.ask("uma", "status #1")).toContain("#1: all 7 jobs are green");
    expect(await stage.ask("uma", "retry-job --failed #2")).toContain("you are not linked");
  });

  it("needs a link for any other repository", async () => {
    expect(await stage.ask("uma", `status ${stage.github.secretRepository}#1`)).toContain("you are not linked");
    expect(await stage.aside("uma", `status ${repository}#1`)).toMatchObject({ reason: "not_linked" });
  });
});

describe("somebody who is linked", () => {
  it("needs to be able to read another repository, and its answer is for them alone", async () => {
    const { secretRepository } = stage.github;

    expect(await stage.ask("ravi", `status ${secretRepository}#1`)).toContain("you hold none");
    expect(await stage.ask("ada", `status ${secretRepository}#1`)).toContain("#1: all 7 jobs are green");

    const seenByRavi = stage.slack.transcript("ci", "ravi").map(({ blocks }) => wordsIn(blocks));
    expect(seenByRavi.filter((words) => words.includes("Make the fans quieter"))).toEqual([]);
  });

  it("is who the numeric id says: a login that somebody else has now gives no role", async () => {
    expect(await allowing.ask("uma", "retry-job --failed #2")).toContain("you hold none");
    expect(await allowing.ask("uma", `status ${allowing.github.secretRepository}#1`)).toContain("you hold none");
  });

  it("with a role of the organisation's own holds the one that it stands on", async () => {
    const asCustom = (permission: string) => ({
      status: 200,
      body: { permission, role_name: "release captain", user: { ...stage.github.people.ravi, token: undefined } },
    });
    await stage.forgetRoles();
    stage.github.fail(/collaborators\/ravi\/permission/, asCustom("write"));
    expect(await stage.ask("ravi", "whoami")).toContain("Your role: \nwrite");
    await stage.forgetRoles();
    stage.github.fail(/collaborators\/ravi\/permission/, asCustom("read"));
    expect(await stage.ask("ravi", "can retry-job")).toContain("you hold read");
    await stage.forgetRoles();
  });

  it("is neither allowed nor refused while the role cannot be looked up, and a later try works", async () => {
    await stage.forgetRoles();
    stage.github.fail(/collaborators\/ada\/permission/, { status: 500 }, 3);

    const first = await stage.aside("ada", `cancel ${repository}#1`);
    const again = await stage.aside("ada", `cancel ${repository}#1`);

    expect(first).toMatchObject({ outcome: "failed", reason: "service_failed" });
    expect(first.shown).toContain("Try again in a minute.");
    expect(again.reason).not.toBe("service_failed");
  });
});

describe("guests, people of other workspaces and shared channels", () => {
  it.each([
    ["gil", "ci", "Guests cannot use me here."],
    ["fay", "ci", "I answer members of this workspace only."],
    ["ada", "partners", "This channel is shared with another workspace"],
  ] as const)("get nothing: %s in #%s", async (who, channel, words) => {
    for (const command of ["status #1", "help", "whoami"]) expect(await stage.ask(who, command, channel)).toContain(words);
  });

  it.each([
    ["gil", "ci"],
    ["fay", "ci"],
    ["ada", "partners"],
  ] as const)("are heard where the settings allow them by id: %s in #%s", async (who, channel) => {
    expect(await allowing.ask(who, "whoami", channel)).toContain("You are:");
  });
});

describe("a public repository", () => {
  it("answers a stranger once in ten minutes, each stranger for themselves", async () => {
    const { github } = stage;
    await stage.world.comment("sam", github.pulls.green, "/ci-whoami");
    const before = (await repliesOn(stage.world, github.pulls.green)).length;

    const second = await github.comment("sam", github.pulls.green, "/ci-help");

    const reactions = async () => (await commentsOf(stage.world, github.pulls.green)).find(({ id }) => id === second.id)?.reactions ?? [];
    await eventually(async () => (await reactions()).some(({ content }) => content === "CONFUSED"));
    expect(await repliesOn(stage.world, github.pulls.green)).toHaveLength(before);
    expect(await stage.ended("help")).toMatchObject({ outcome: "refused", reason: "stranger_limit" });
  });

  it("is told no inner workings, unless the settings name it", async () => {
    expect(await stage.world.comment("ada", stage.github.pulls.green, "/ci-audit")).toContain("where everybody can read it");
    expect(await allowing.comment("ada", allowing.github.pulls.green, "/ci-audit limit=1")).toMatch(/Nothing in the audit|Audit of/);
  });
});

describe("bots", () => {
  const robot = { login: "robot[bot]", id: botId, type: "Bot" };

  it("are not heard, unless the settings allow them by id", async () => {
    const { pulls } = stage.github;
    const before = (await repliesOn(stage.world, pulls.green)).length;

    await deliverComment(stage.world, pulls.green, "/ci-whoami", robot, 900_001);
    await deliverComment(allowing, pulls.green, "/ci-whoami", robot, 900_001);

    const heard = await eventually(async () => (await repliesOn(allowing, pulls.green)).find(({ body }) => body.includes("robot")));
    expect(heard.body).toContain(`github:${botId}`);
    await stage.quiet();
    expect(await repliesOn(stage.world, pulls.green)).toHaveLength(before);
  });

  it("include the bot itself, whatever it says", async () => {
    const { pulls, bot } = stage.github;
    const before = (await repliesOn(stage.world, pulls.green)).length;

    await deliverComment(stage.world, pulls.green, "/ci-whoami\n\n<!-- nextrust:reply x -->", { ...bot, type: "Bot" }, 900_002);

    await stage.quiet();
    expect(await repliesOn(stage.world, pulls.green)).toHaveLength(before);
  });
});

describe("what was said once", () => {
  it("is not run by an edit or a deletion; a command that another one slips in is recorded as tampering", async () => {
    const { github } = stage;
    const said = await github.comment("ravi", github.pulls.green, "Fine.");
    const before = github.calls().length;

    await github.edit("ravi", said.id, "Fine.\n\n/ci-status");
    await github.edit("ada", said.id, "Fine.\n\n/ci-status\n/ci-cancel #1");
    const deleted = github.deliveries().findLast(({ event }) => event === "issue_comment")?.payload as Record<string, object>;
    await github.deliver("issue_comment", {
      ...deleted,
      action: "deleted",
      changes: undefined,
      sender: deleted.comment && (deleted.comment as { user: object }).user,
    });

    expect(await stage.ended("cancel #1")).toMatchObject({
      outcome: "refused",
      reason: "tampered",
      actor: `github:${github.people.ada.id}`,
      repository,
      pullRequest: github.pulls.green,
    });
    await stage.quiet();
    expect(stage.changes(before)).toEqual([]);
  });
});

describe("a pull request from a fork", () => {
  it("gives its author nothing for being its author: what spends or holds a secret needs a member", async () => {
    const number = await stage.github.openForkPull("sam", "sams-patch");
    const before = stage.github.calls().length;
    // As a member without write, so that it is the role that says no, and not the limit for strangers.
    await stage.github.setRole("sam", "triage");
    await stage.forgetRoles();

    await stage.github.comment("sam", number, "/ci-retry-job --failed\n/ci-run release\n/ci-approve-run\n/ci-cancel\n/ci-clear-cache");

    for (const command of ["retry-job --failed", "run release", "approve-run", "cancel", "clear-cache"]) {
      const actor = `github:${stage.github.people.sam.id}`;
      expect(await stage.ended(command)).toMatchObject({
        command: command.split(" ")[0],
        outcome: "refused",
        reason: "role_too_low",
        actor,
      });
    }
    expect(stage.changes(before)).toEqual([]);
  });

  it("goes by a member's word, who is shown the author and the commit first", async () => {
    const number = await stage.github.openForkPull("sam", "sams-other-patch");
    const before = stage.github.calls().length;
    const head = await stage.head(number);

    const asked = await stage.aside("ada", `approve-run ${repository}#${number}`);

    expect(asked.shown).toMatch(
      new RegExp(`Let CI run on #${number} @${head}\\?[\\s\\S]*Written by: \\nsam, in a fork[\\s\\S]*Commit: \\n${head}[0-9a-f]{33}`),
    );
    expect(stage.changes(before)).toEqual([]);
    expect(await stage.aside("ada", asked.buttons[0] ?? "")).toMatchObject({ outcome: "done", reason: "approve_running" });
    expect(stage.changes(before)).toEqual(["POST runs/approve"]);
  });
});

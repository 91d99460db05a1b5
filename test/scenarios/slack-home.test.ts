import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SeenView } from "../../src/sandbox/slack/views/screens.ts";
import { openEmbedded } from "../../src/state/embedded/open.ts";
import { eventually } from "../eventually.ts";
import { startWorld, type Who, type World, wordsIn } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld({
    settings: ({ slack, github }) => ({
      channels: [
        { id: slack.channels.ci.id, repositories: [github.repository] },
        { id: slack.channels.random.id, repositories: [github.secretRepository, github.repository] },
      ],
    }),
  });
});
afterAll(() => world.close());

async function home(as: Who): Promise<SeenView> {
  const before = world.slack.home(as)?.raw.hash;
  await world.slack.openHome(as);
  return eventually(() => {
    const view = world.slack.home(as);
    return view?.raw.hash !== before && view;
  });
}

/** Gives ada another role on the private repository, and makes the bot look it up anew. */
async function giveOnSecret(role: "none" | "write"): Promise<void> {
  const { secretRepository, people } = world.github;
  await world.github.setRole("ada", role, secretRepository);
  const state = await openEmbedded({ file: world.stateFile });
  await state.keys.set(`role:${secretRepository}:${people.ada.id}`, null, 0);
  await state.close();
}

describe("the home tab", () => {
  it("shows my open pull requests of every bound repository, what I may do where, and who I am", async () => {
    const words = wordsIn((await home("ada")).blocks);

    expect(words).toMatch(/red\n · \nnextrust\/nextrust#2\n · \nHandle FPU traps in the kernel\n · \n1 failed, 5 passed, 1 skipped/);
    expect(words).toContain("nextrust/secret#1");
    expect(words).toMatch(/On GitHub you are: \nada \(id \d+\)/);
    expect(words).toMatch(/nextrust\/nextrust\n · \nmaintain\n · \nanalytics, approve-run, [^\n]*retry-job/);
  });

  it("asks GitHub for all of them in one search", async () => {
    const before = world.github.calls().length;

    await home("ada");

    const searches = world.github
      .calls()
      .slice(before)
      .filter(({ name }) => name.includes("graphql"));
    expect(searches.map(({ name }) => name)).toEqual(["POST /graphql OpenPullRequests"]);
  });

  it("shows the moment in each person's own time zone", async () => {
    expect(JSON.stringify((await home("ada")).blocks)).toMatch(
      /"type":"date","timestamp":\d+,"format":"\{date_short_pretty\} at \{time\}"/,
    );
  });

  it("has buttons that are answered in private", async () => {
    const view = await home("ada");
    const status = view.actions.find(({ value }) => value === "status nextrust/nextrust#2");

    await world.slack.clickInView({ as: "ada", viewId: view.id, actionId: status?.actionId ?? "", value: status?.value ?? "" });

    await eventually(() => world.slack.transcript("dm", "ada").some(({ text }) => text.includes("#2: test-rust (m68040) failed")));
  });

  it("opens the dialog of failed jobs", async () => {
    const view = await home("ada");
    const choose = view.actions.find(({ label, value }) => label.startsWith("Choose failed") && value?.includes("nextrust#2"));

    await world.slack.clickInView({ as: "ada", viewId: view.id, actionId: choose?.actionId ?? "", value: choose?.value ?? "" });

    await eventually(() => wordsIn(world.slack.view("ada")?.blocks).includes("1 job is red on #2"));
  });

  it("is drawn anew by its button", async () => {
    const view = await home("ada");

    await world.slack.clickInView({ as: "ada", viewId: view.id, actionId: "home:refresh" });

    await eventually(() => world.slack.home("ada")?.raw.hash !== view.raw.hash);
  });

  it("tells somebody unlinked how to be linked, and leads there in private", async () => {
    const view = await home("uma");
    const words = wordsIn(view.blocks);
    const link = view.actions.find(({ label }) => label === "Link my GitHub account");
    await world.slack.clickInView({ as: "uma", viewId: view.id, actionId: link?.actionId ?? "", value: link?.value ?? "" });

    await eventually(() => world.slack.transcript("dm", "uma").some(({ actions }) => actions[0]?.url?.includes("/github/oauth/start")));

    expect(words).toContain("You are not linked to a GitHub account");
    expect(words).not.toContain("#2");
  });

  it("shows a reader no button that would be refused", async () => {
    const view = await home("ravi");

    expect(wordsIn(view.blocks)).toMatch(/nextrust\/nextrust\n · \nread\n · \n/);
    expect(view.actions.filter(({ value }) => value?.startsWith("retry-job"))).toEqual([]);
  });

  it("names no repository to somebody who may not read it, nor while that cannot be told", async () => {
    expect(wordsIn((await home("ravi")).blocks)).not.toContain("nextrust/secret");

    world.github.fail(/GET \/repos\/nextrust\/secret\/collaborators/, { status: 403 }, 1);
    const words = wordsIn((await home("grace")).blocks);
    expect(words).not.toContain("nextrust/secret");
    expect(words).toContain("In one repository your role cannot be looked up just now.");
  });

  it("keeps the titles of a repository from whoever lost access to it, as the dialog does", async () => {
    await giveOnSecret("none");

    expect(wordsIn((await home("ada")).blocks)).not.toContain("fans");
    await world.slack.shortcut({ as: "ada", callbackId: "ci_failed_jobs", kind: "global" });
    const modal = await eventually(() => {
      const view = world.slack.view("ada");
      return wordsIn(view?.blocks).includes("Which pull request?") && view;
    });
    expect(JSON.stringify(modal.blocks)).toContain("nextrust/nextrust#2");
    expect(JSON.stringify(modal.blocks)).not.toContain("fans");

    await world.slack.closeView({ as: "ada", viewId: modal.id });
    await giveOnSecret("write");
  });

  it.each([
    ["gil", "Guests cannot use me here."],
    ["fay", "I answer members of this workspace only."],
  ] as const)("has a kind word for %s and nothing else", async (as, words) => {
    const view = await home(as);

    expect(wordsIn(view.blocks)).toContain(words);
    expect(wordsIn(view.blocks)).not.toContain("nextrust/");
  });

  it("says that GitHub is away, and keeps its refresh button", async () => {
    world.github.fail(/OpenPullRequests/, { status: 502 }, 3);

    const view = await home("grace");

    expect(wordsIn(view.blocks)).toContain("GitHub has trouble answering.");
    expect(view.actions.map(({ actionId }) => actionId)).toEqual(["home:refresh"]);
  });
});

describe("an invitation to a channel", () => {
  const hellos = (channel: "ci" | "random" | "partners") =>
    world.slack.transcript(channel).filter(({ text }) => text.startsWith("I am NeXTRust CI"));

  it("is answered by one message that says what the bot speaks of, posts, and how to be rid of it, however often it comes", async () => {
    await world.slack.inviteBot("ci", "ada");
    await world.slack.inviteBot("ci", "ada");
    await eventually(() => hellos("ci").length > 0);
    await world.slack.inviteBot("random", "ada");
    await eventually(() => hellos("random").length > 0);

    expect(hellos("ci")).toHaveLength(1);
    const words = wordsIn(hellos("ci")[0]?.blocks);
    for (const said of ["Here I speak of nextrust/nextrust", "What I post here", "To silence me", "Who may change"])
      expect(words).toContain(said);
  });

  it("of somebody else is nobody's business", async () => {
    const before = world.slack.transcript("ci").length;

    await world.slack.event({ type: "member_joined_channel", user: world.slack.people.uma.id, channel: world.slack.channels.ci.id });
    await world.slack.inviteBot("ci", "grace");
    await world.bot.stop();
    await world.restart();

    expect(world.slack.transcript("ci")).toHaveLength(before);
    expect(hellos("ci")[0]?.edited).toBe(false);
  });

  it("into a channel that is shared with another workspace is answered to who invited it alone", async () => {
    await world.slack.inviteBot("partners", "grace");

    await eventually(() => world.slack.transcript("dm", "grace").some(({ text }) => text.includes("shared with another workspace")));
    expect(hellos("partners")).toEqual([]);
  });
});

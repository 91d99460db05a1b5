import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openEmbedded } from "../../src/state/embedded/open.ts";
import { eventually } from "../eventually.ts";
import { startWorld, type World, wordsIn } from "./world.ts";

let world: World;
let pull: number;
beforeAll(async () => {
  world = await startWorld({ settings: () => ({ cooldownSeconds: 0 }) });
  pull = world.github.pulls.red;
});
afterAll(() => world.close());

const told = (as: "ada" | "uma") => world.slack.transcript("dm", as).map(({ blocks }) => wordsIn(blocks));
const saying = (as: "ada" | "uma", words: RegExp) => eventually(() => told(as).find((message) => words.test(message)));
const short = (sha: string) => sha.slice(0, 7);

async function dequeue(reason: string): Promise<void> {
  const last = world.github.deliveries().findLast(({ event }) => event === "pull_request");
  await world.github.deliver("pull_request", { ...last?.payload, action: "dequeued", reason, number: pull });
}

describe("watch", () => {
  it("says how the pull request stands, and tells nothing that it has said", async () => {
    expect(await world.ask("ada", `watch #${pull}`)).toMatch(/#2 @\w{7} is red now\. I tell you of the next push/);
    expect(await world.ask("ada", `watch #${pull}`)).toContain("You were watching it already.");
  });

  it("tells in private once a push, at the first required job that fails", async () => {
    expect(await world.comment("ada", world.github.pulls.green, "/ci-watch --off")).toContain("You are not watching #1");
    const head = await world.github.push(pull);
    await world.ask("uma", `watch #${pull}`);
    await world.github.setJob(pull, "lint", "failure");
    await world.github.setJob(pull, "build (m68030)", "failure");
    await world.github.finishRuns(pull);

    await saying("ada", new RegExp(`#2 @${short(head)} \\(nextrust/nextrust\\) is red: .*build \\(m68030\\)`));
    await saying("uma", new RegExp(`@${short(head)} .* is red`));
    expect(told("ada")).toHaveLength(1);
  });

  it("survives a restart, and tells of the next push that it is green", async () => {
    await world.restart();
    const head = await world.github.push(pull);
    await world.github.finishRuns(pull);

    await saying("ada", new RegExp(`@${short(head)} .* is green`));
    expect(told("ada")).toHaveLength(2);
  });

  it("tells of leaving the merge queue, once a push", async () => {
    await dequeue("CI_FAILURE");
    await dequeue("CI_FAILURE");

    await saying("ada", /was taken out of the merge queue: ci failure/);
    expect(told("ada").filter((message) => message.includes("merge queue"))).toHaveLength(1);
  });

  it("is held back while somebody has muted us, and comes afterwards", async () => {
    expect(await world.ask("ada", "mute 8h")).toMatch(
      /no private messages of my own accord until .*UTC; answers to what you ask still come/,
    );
    expect(await world.ask("ada", "whoami")).toContain("muted until");
    const head = await world.github.push(pull);
    await world.github.finishRuns(pull);
    await saying("uma", new RegExp(`@${short(head)} .* is green`));

    expect(told("ada").some((message) => message.includes(short(head)))).toBe(false);
    expect(await world.ask("ada", "mute tomorrow")).toContain("1 message was held back so far.");
    expect(await world.ask("ada", "mute off")).toContain("1 message was held back, and comes now.");
    await saying("ada", new RegExp(`Held back until now: 1 message.*${short(head)}`, "s"));
    expect(await world.ask("ada", "mute off")).toContain("You have not muted me.");
  });

  it("ends with --off", async () => {
    expect(await world.ask("uma", `watch #${pull} --off`)).toContain("I tell you nothing more of #2");
  });

  it("ends when the pull request is closed, and says nothing of it", async () => {
    const before = told("ada").length;
    const { repository, people, url } = world.github;
    const headers = { authorization: `token ${people.ada.token}`, "content-type": "application/json" };
    await fetch(`${url}/repos/${repository}/pulls/${pull}`, { method: "PATCH", headers, body: JSON.stringify({ state: "closed" }) });

    const state = await openEmbedded({ file: world.stateFile });
    await eventually(() => state.records.transaction(async ({ watches }) => (await watches.ofPullRequest(repository, pull)).length === 0));
    await state.close();
    expect(told("ada")).toHaveLength(before);
    expect(await world.ask("ada", `watch #${pull}`)).toContain("#2 is closed");
  });

  it.each([
    ["uma", "watch", "Say which pull request"],
    ["ada", "watch main", "I do not know what to do with main"],
    ["ada", "mute 3d", "is no length"],
  ] as const)("%s says %s: %s", async (who, text, answer) => {
    expect(await world.ask(who, text)).toContain(answer);
  });

  it("needs somebody's Slack account on GitHub", async () => {
    expect(await world.comment("sam", world.github.pulls.green, "/ci-watch")).toContain("I do not know who you are there");
  });
});

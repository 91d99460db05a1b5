import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GitHubSandbox } from "../../src/sandbox/github/github-sandbox.ts";
import { eventually } from "../eventually.ts";
import { type Killable, startKillable } from "./killable.ts";
import { type Who, wordsIn } from "./world.ts";

/** Every call takes a while, so that a kill right after one call comes before the next. */
const latencyMs = 25;

let world: Killable;
beforeAll(async () => {
  world = await startKillable({ latencyMs });
});
afterAll(() => world.close());

/** Waits for a call of that name, without giving the bot time to go on. */
async function nextCall(names: () => readonly string[], wanted: RegExp): Promise<void> {
  const until = Date.now() + 20_000;
  while (!names().some((name) => wanted.test(name))) {
    if (Date.now() > until) throw new Error(`There was no call ${wanted}.`);
    await sleep(2);
  }
}

describe("SIGKILL between a comment and its reply", () => {
  /** A reply that was being sent holds up its thread until its lease ends, so those are left on threads of their own. */
  const steps: readonly { at: string; thread: (github: GitHubSandbox) => number; call?: RegExp; fault?: "drop-after" | "drop-before" }[] = [
    { at: "right after the delivery was answered", thread: ({ pulls }) => pulls.red },
    { at: "after the role was looked up", thread: ({ pulls }) => pulls.red, call: /permission$/ },
    { at: "after the pipeline was read", thread: ({ pulls }) => pulls.red, call: /PullRequestPipeline/ },
    { at: "after the first reaction", thread: ({ pulls }) => pulls.red, call: /AddReaction/ },
    { at: "while the reply was not yet posted", thread: ({ pulls }) => pulls.green, call: /AddComment/, fault: "drop-before" },
    { at: "when the reply was posted and nobody here knew", thread: ({ issue }) => issue, call: /AddComment/, fault: "drop-after" },
    { at: "when GitHub confirmed the reply", thread: ({ pulls }) => pulls.red, call: /AddComment/ },
  ];

  it("leaves exactly one reply after the restart, at every step", async () => {
    const { github } = world;
    const said: { at: string; thread: number; id: number }[] = [];
    for (const { at, thread, call, fault } of steps) {
      await world.start();
      const since = github.calls().length;
      if (call && fault) github.fail(call, fault);
      said.push({ at, thread: thread(github), id: (await github.comment("ada", thread(github), "/ci-status")).id });
      if (call)
        await nextCall(
          () =>
            github
              .calls()
              .slice(since)
              .map(({ name }) => name),
          call,
        );
      await world.kill();
      github.clearFaults();
    }

    await world.restart();
    const replies = () => Promise.all(said.map(async ({ at, thread, id }) => [at, (await world.replies(thread, id)).length] as const));
    await world.seen(async () => (await replies()).every(([, count]) => count > 0), 120_000);
    await sleep(1_500);
    await world.kill();

    expect(await replies()).toEqual(steps.map(({ at }) => [at, 1]));
  }, 240_000);
});

describe("SIGKILL between a slash command and its answer", () => {
  const steps: readonly { as: Who; call?: RegExp }[] = [
    { as: "ravi" },
    { as: "uma", call: /users\.info/ },
    { as: "ada", call: /PullRequestPipeline/ },
  ];

  it("leaves exactly one answer after the restart, at every step before it was sent", async () => {
    const { github, slack } = world;
    for (const { as, call } of steps) {
      await world.start();
      const [gitHubSince, slackSince] = [github.calls().length, slack.calls().length];
      await slack.slash({ as, channel: "ci", text: "status #2" });
      const names = () => [
        ...github
          .calls()
          .slice(gitHubSince)
          .map(({ name }) => name),
        ...slack
          .calls()
          .slice(slackSince)
          .map(({ method }) => method),
      ];
      if (call) await nextCall(names, call);
      await world.kill();
    }

    await world.restart();
    await eventually(() => steps.every(({ as }) => countAnswers(as) > 0), 60_000);
    await sleep(1_500);
    await world.kill();

    expect(steps.map(({ as }) => countAnswers(as))).toEqual(steps.map(() => 1));
  }, 240_000);

  const countAnswers = (who: Who) =>
    world.slack
      .transcript("ci", who)
      .filter(({ blocks, visibleTo }) => visibleTo === world.slack.people[who].id && wordsIn(blocks).includes("Commit:")).length;
});

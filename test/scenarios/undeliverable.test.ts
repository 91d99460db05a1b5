import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../eventually.ts";
import { startWorld, type World, wordsIn } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld({
    settings: ({ slack, github }) => ({
      fallbackChannel: slack.channels.random.id,
      channels: [{ id: slack.channels.ci.id, repositories: [github.repository], notify: [{}], threads: "threaded" }],
    }),
  });
  await world.github.setJob("main", "lint", "failure");
  await saying("CI failed on main", "ci");
});
afterAll(() => world.close());

const said = (channel: "ci" | "random") =>
  world.slack.transcript(channel, "ada").map(({ blocks, threadTs }) => ({ words: wordsIn(blocks), threadTs }));
const saying = (words: string, channel: "ci" | "random") =>
  eventually(() => said(channel).find((message) => message.words.startsWith("❌") && message.words.includes(words)));

/** A run of a workflow of its own on a branch, which fails. */
async function fail(workflow: string, id: number, head_branch: string): Promise<void> {
  const last = world.github.deliveries().findLast(({ event, payload }) => event === "workflow_run" && payload.action === "completed");
  const payload = last?.payload as { workflow_run: object };
  const change = { id, workflow_id: id, name: workflow, run_number: 1, run_attempt: 1, event: "push", head_branch, conclusion: "failure" };
  await world.github.deliver("workflow_run", { ...payload, workflow_run: { ...payload.workflow_run, ...change } });
}

describe("a channel that the bot was never in", () => {
  it("may be subscribed, and is told how to invite the bot", async () => {
    world.slack.setBotIn("random", false);
    const answer = await world.ask("ada", `subscribe ${world.github.repository}@ workflow=Nightly`, "random");
    world.slack.setBotIn("random", true);

    expect(answer).toContain(
      "subscribed this channel to failures, time-outs, runs that could not start, recoveries of Nightly in nextrust/nextrust.",
    );
    expect(answer).toContain("event=pull_request asks for them");
    expect(answer).toContain("Invite me: /invite @nextrust");
  });
});

describe("a channel that the bot was removed from", () => {
  it("has its messages told in the fallback channel with the fix, those of a thread too", async () => {
    world.slack.setBotIn("ci", false);
    await fail("Orphan", 4760, "topic");
    await fail("Second", 4761, "topic");

    const message = await saying("Orphan failed on topic", "random");
    expect(message.words).toContain("invite it there");
    await saying("Second failed on topic", "random");
  });

  it("is told again once the bot is back", async () => {
    world.slack.setBotIn("ci", true);
    await fail("Third", 4762, "topic");
    await saying("Third failed on topic", "ci");
  });
});

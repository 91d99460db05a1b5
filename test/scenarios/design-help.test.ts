import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../eventually.ts";
import { aBook, anAnswer, type ScriptedChannel, scriptedChannel } from "../pipeline/design/scripted-channel.ts";
import { startWorld, type World, wordsIn } from "./world.ts";

let channel: ScriptedChannel;
let world: World;
let pull: number;
beforeAll(async () => {
  channel = scriptedChannel();
  world = await startWorld({
    channels: channel,
    priceBook: aBook(),
    settings: ({ github, config: { settings } }) => ({
      allow: { ...settings.allow, internalsOn: [github.repository] },
      ai: { ...settings.ai, askAboveUsd: 10, design: { perDay: 3, perHour: 3, cooldownMinutes: 0, forSessions: true } },
    }),
  });
  [pull = 0] = await world.github.openPulls("ada", 1, { jobs: { lint: "success" } });
});
afterAll(() => world.close());

const bodies = async () =>
  (await world.github.comments(pull)).filter(({ author }) => author === world.github.bot.login).map(({ body }) => body);

describe("design help", () => {
  it("is asked on a pull request: the answer stands where it was said that it is asked", async () => {
    const answers: (() => void)[] = [];
    channel.play({ says: anAnswer, before: () => new Promise<void>((resolve) => answers.push(resolve)) });

    const first = await world.comment("ada", pull, "/ci-design-help How do we split a=b, as in #1?\n\nerror: linking failed");
    expect(first).toMatch(/Asking OpenAI \\?\(o3\\?\) for approaches/);
    await eventually(() => answers.length > 0);
    for (const answer of answers) answer();

    const told = await eventually(async () => (await bodies()).find((body) => body.includes("recommends")));
    expect(told).toContain("Two crates");
    expect(await bodies()).toHaveLength(1);
    expect(channel.asked.at(-1)).toContain("How do we split a=b, as in #1?");
    expect(channel.asked.at(-1)).toContain("error: linking failed");
    expect(channel.asked.at(-1)).toContain(`#${pull}`);
  });

  it("is asked in Slack, once in a while by one person, and the audit has how it ended", async () => {
    channel.play({ says: { ...anAnswer, recommendation: "Take the flag." } });
    await world.ask("grace", "design-help Which of the two?");
    const shown = () => wordsIn(world.slack.transcript("ci", "grace").map(({ blocks }) => blocks));
    await eventually(() => shown().includes("Take the flag."));
    const calls = channel.calls.length;

    expect(await world.ask("grace", "design-help Which of the two?")).toMatch(/You used design-help a moment ago/);

    expect(channel.calls).toHaveLength(calls);
    expect(await world.ask("ada", "audit")).toContain("design-help");
  });

  it("asks no model for somebody who may not write", async () => {
    const calls = channel.calls.length;

    expect(await world.ask("uma", "design-help How?")).toMatch(/link|write/i);

    expect(channel.calls).toHaveLength(calls);
  });

  it("answers what a session asks for by a comment on its pull request, and refuses it past the limits", async () => {
    channel.play({ says: { ...anAnswer, recommendation: "/ci-retry-job --failed" } });
    const about = { repository: world.github.repository, pullRequest: pull, session: "s1", actor: "ada-on-laptop", at: Date.now() };
    const tell = (id: string, reason: string) =>
      fetch(`${world.bot.url}/v1/events`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${world.apiToken}` },
        body: JSON.stringify({ events: [{ type: "request", id, channel: "o3", subject: "design", reason, details: "Why?", ...about }] }),
      });

    await tell("q1", "cargo test failed 3 times");
    const answered = await eventually(async () => (await bodies()).find((body) => body.includes("cargo test failed 3 times")));
    expect(answered).toMatch(/A session of Claude Code of ada-on-laptop asked for design help/);
    expect(answered).toContain("Two crates");
    await tell("q1", "cargo test failed 3 times");
    await tell("q2", "cargo build failed 3 times");
    const refused = await eventually(async () => (await bodies()).find((body) => body.includes("cargo build failed 3 times")));

    expect(refused).toMatch(/3 times, so nothing was asked/);
    expect((await bodies()).filter((body) => body.includes("cargo test failed"))).toHaveLength(1);
    // What the model said was no command of anybody's.
    expect(await world.ask("grace", "audit")).not.toContain("retry-job");
  });
});

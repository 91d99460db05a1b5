import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../eventually.ts";
import { startWorld, type World, wordsIn } from "./world.ts";

let world: World;
let database: DatabaseSync;
beforeAll(async () => {
  world = await startWorld({
    settings: ({ slack, github }) => ({
      cooldownSeconds: 0,
      channels: [
        { id: slack.channels.ci.id, repositories: [github.repository], notify: [{ branches: ["main"], at: "config/nextrust.yml:12" }] },
      ],
    }),
  });
  database = new DatabaseSync(world.stateFile, { readOnly: true });
});
afterAll(() => {
  database.close();
  return world.close();
});

/** What is in Slack. */
const said = () => world.slack.transcript("ci", "ada").map(({ blocks }) => wordsIn(blocks));
const saying = (words: string) => eventually(() => said().find((message) => message.includes(words)));

/** What the channel is told, whether or not Slack has taken it yet: one message a second. */
const told = (channel: "ci" | "random" = "ci"): string[] =>
  database
    .prepare("SELECT answers FROM messages WHERE lane = ?")
    .all(`notify:${world.slack.channels[channel].id}`)
    .map(({ answers }) => wordsIn(JSON.parse(String(answers))));
const telling = (words: string, channel: "ci" | "random" = "ci") =>
  eventually(() => told(channel).find((message) => message.includes(words)));
const count = (words: string) => told().filter((message) => message.includes(words)).length;

/** The last delivery of a run that ended, as another run. */
async function deliverRun(change: Readonly<Record<string, unknown>>): Promise<void> {
  const last = world.github.deliveries().findLast(({ event, payload }) => event === "workflow_run" && payload.action === "completed");
  const payload = last?.payload as { workflow_run: object };
  const onMain = { event: "push", head_branch: "main", run_attempt: 1 };
  await world.github.deliver("workflow_run", { ...payload, workflow_run: { ...payload.workflow_run, ...onMain, ...change } });
}

describe("a channel with a rule for main", () => {
  it("is told once that a run failed there, however often GitHub says so", async () => {
    await world.github.setJob("main", "lint", "failure");
    const failure = await saying("CI failed on main");

    const last = world.github.deliveries().findLast(({ event, payload }) => event === "workflow_run" && payload.action === "completed");
    await world.github.redeliver(last?.guid ?? "");
    await world.github.deliverTwice(last?.guid ?? "");

    expect(failure).toContain("Started by");
  });

  it("hears of the recovery, and the failure's message says so too", async () => {
    await world.github.setJob("main", "lint", "success");
    await deliverRun({ id: 4712, run_number: 2, conclusion: "success" });

    await saying("CI passed again on main");
    await saying("CI failed on main (nextrust/nextrust), and passed again in run #2");
    expect(count("CI failed on main")).toBe(1);
  });

  it("acceptance 12: is not told that a failure is over by a run that began before it", async () => {
    await deliverRun({ id: 4720, run_number: 6, conclusion: "failure" });
    await telling("CI failed on main (nextrust/nextrust)");
    await deliverRun({ id: 4719, run_number: 5, conclusion: "success" });
    await deliverRun({ id: 4721, run_number: 7, conclusion: "failure" });

    await telling("CI failed again on main");
    expect(count("and passed again in run #5")).toBe(0);
  });

  it("is not told of a pull request, nor of another branch", async () => {
    await world.github.setJob(world.github.pulls.green, "lint", "failure");
    // Those of one workflow are looked at in order.
    await deliverRun({ id: 4730, run_number: 8, workflow_id: 16, name: "Canary", head_branch: "topic", conclusion: "failure" });
    await deliverRun({ id: 4731, run_number: 9, workflow_id: 16, name: "Canary", conclusion: "failure" });

    await telling("Canary failed on main");
    expect(count("on topic")).toBe(0);
    expect(count("on #1")).toBe(0);
  });
});

describe("subscribe", () => {
  it("tells the channel what the file does not, and lists who asked", async () => {
    expect(await world.ask("ada", "subscribe workflow=Docs* branch=topic -- we watch it")).toContain("End it with /ci unsubscribe s1");
    const list = await world.ask("uma", "subscriptions");

    expect(list).toContain("config/nextrust.yml:12");
    expect(list).toMatch(/s1.*ada.*we watch it/s);
  });

  it("outlives a restart, and ends for everyone with write", async () => {
    await world.restart();
    await deliverRun({ id: 4741, run_number: 2, workflow_id: 11, name: "Docs other", head_branch: "topic", conclusion: "failure" });
    await telling("Docs other failed on topic");

    expect(await world.ask("ravi", "unsubscribe s1")).toMatch(/needs the role write[\s\S]*What may I do here\?/);
    expect(await world.ask("uma", "unsubscribe s1")).toContain("not linked");
    expect(await world.ask("grace", "unsubscribe s1")).toContain("ended s1");
    await deliverRun({ id: 4742, run_number: 2, workflow_id: 13, name: "Docs third", head_branch: "topic", conclusion: "failure" });
    await deliverRun({ id: 4743, run_number: 3, workflow_id: 13, name: "Marker", conclusion: "failure" });
    await telling("Marker failed on main");
    expect(count("Docs third")).toBe(0);
  });

  it.each([
    ["ada", "unsubscribe f1", "ruled by config/nextrust.yml:12"],
    ["ada", "unsubscribe s99", "has no subscription s99"],
    ["ada", "unsubscribe nextrust/nextrust@", "ruled by config/nextrust.yml:12"],
    ["ravi", "subscribe", "needs the role write"],
    ["ada", "subscribe branch=a{b}", "which mean nothing here"],
    ["ada", "subscribe conclusion=red", "is no conclusion"],
    ["ada", "subscribe #1", "use watch"],
    ["ada", "subscribe event=pul_request", "is no event"],
    ["ada", "unsubscribe nextrust/nextrust@main", "Say which subscription by its id"],
    ["ada", "unsubscribe #1", "Say which subscription by its id"],
  ] as const)("%s says %s: %s", async (who, text, answer) => {
    expect(await world.ask(who, text)).toContain(answer);
  });

  it("never lets a private repository speak in a channel that the file does not bind to it", async () => {
    expect(await world.ask("grace", "subscribe nextrust/secret@")).toContain("is private");
  });

  it("lets who has write subscribe a channel that is bound to nothing", async () => {
    expect(await world.ask("ravi", "subscribe nextrust/nextrust@", "random")).toContain("needs the role write");
    expect(await world.ask("ada", "subscribe nextrust/nextrust@ workflow=Elsewhere", "random")).toContain("subscribed this channel");
    expect(await world.ask("grace", "subscribe NeXTRust/nextrust@ workflow=Elsewhere", "random")).toContain("told of that already, by s2");
    // The channel is not bound to it, so who else is there may not read of it.
    expect(world.slack.transcript("random", "uma").some(({ blocks }) => wordsIn(blocks).includes("subscribed this channel"))).toBe(false);

    await deliverRun({ id: 4750, run_number: 1, workflow_id: 14, name: "Elsewhere", conclusion: "failure" });
    await telling("Elsewhere failed on main", "random");
  });

  it("is explained on GitHub", async () => {
    expect(await world.comment("ada", world.github.pulls.green, "/ci-subscribe")).toContain("belong to a Slack channel");
  });
});

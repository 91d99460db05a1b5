import { afterEach, describe, expect, it } from "vitest";
import { ServiceError } from "../../../src/errors.ts";
import type { FinishedRun } from "../../../src/pipeline/policy/finished-run.ts";
import type { ChannelPolicy } from "../../../src/pipeline/policy/rule.ts";
import { aTriage } from "../orchestrator/a-triage.ts";
import { aFinishedRun } from "./a-finished-run.ts";
import { startTelling, type Telling } from "./telling.ts";

const noon = Date.parse("2026-03-27T12:00:30Z");
const aChannel = (changes: Partial<ChannelPolicy> = {}): ChannelPolicy => ({
  id: "C1",
  repositories: ["acme/shop"],
  notify: [{}],
  ...changes,
});
const aRun = (number: number, changes: Partial<FinishedRun> = {}) =>
  aFinishedRun({ runId: number, number, url: `https://github.example/runs/${number}.`, ...changes });
const green = { conclusion: "success" } as const;

let telling: Telling;
afterEach(() => telling.close());
const first = () => telling.told().map(({ words }) => words.split("\n")[0]);

describe("a flat channel", () => {
  it("gets a message for each thing, and the failure's is brought up to date", async () => {
    telling = await startTelling([aChannel()], noon);

    await telling.end(aRun(1));
    await telling.end(aRun(2));
    await telling.end(aRun(3, green));
    await telling.end(aRun(4, green));

    expect(first()).toEqual([
      "CI failed on main (acme/shop), and passed again in run #3",
      "CI failed again on main (acme/shop)",
      "CI passed again on main (acme/shop)",
    ]);
    expect(telling.told().every(({ thread }) => thread === undefined)).toBe(true);
  });

  it("does not take a fork's branch for its own of that name", async () => {
    telling = await startTelling([aChannel({ notify: [{ events: ["push", "pull_request"] }] })], noon);

    await telling.end(aRun(1));
    await telling.end(aRun(2, { ...green, event: "pull_request", headRepository: "mallory/shop" }));

    expect(first()).toEqual(["CI failed on main (acme/shop)"]);
  });
});

describe("a repository that becomes private", () => {
  it("falls silent in a channel that is not bound to it, what was told there included", async () => {
    telling = await startTelling([], noon);
    await telling.subscribe("C9", { repositories: ["acme/shop"] });

    await telling.end(aRun(1));
    const before = telling.told();
    await telling.end(aRun(2, { ...green, isPrivate: true }));

    expect(before).toHaveLength(1);
    expect(telling.told()).toEqual(before);
  });
});

describe("a threaded channel", () => {
  const threaded = aChannel({ threads: "threaded", notify: [{ events: ["push", "pull_request"], conclusions: ["failure", "success"] }] });

  it("gets one message for a branch until all of it is green, and the rest below it", async () => {
    telling = await startTelling([threaded], noon);

    await telling.end(aRun(1, { headSha: "a" }));
    await telling.end(aRun(1, { headSha: "b", runId: 11, workflow: "Docs", workflowId: 4 }));
    await telling.end(aRun(2, { headSha: "b", ...green }));

    const [root, ...below] = telling.told();
    expect(root?.words).toMatch(/^main is red .*Docs failed on main .*CI passed again on main/s);
    expect(below.map(({ thread }) => thread)).toEqual(Array(3).fill({ message: root?.key }));

    await telling.end(aRun(2, { headSha: "b", runId: 12, workflow: "Docs", workflowId: 4, ...green }));
    expect(telling.told()[0]?.words).toMatch(/^main is green/);
    await telling.end(aRun(3, { headSha: "c" }));
    expect(telling.told().filter(({ thread }) => thread === undefined)).toHaveLength(2);
  });

  it("gets one message for a pull request, for good", async () => {
    telling = await startTelling([threaded], noon);
    const pull = { event: "pull_request", pullRequest: 12, branch: "topic" };

    await telling.end(aRun(1, { ...pull, headSha: "a" }));
    await telling.end(aRun(2, { ...pull, headSha: "b", ...green }));
    await telling.end(aRun(3, { ...pull, headSha: "c" }));

    expect(
      telling
        .told()
        .filter(({ thread }) => thread === undefined)
        .map(({ words }) => words.split("\n")[0]),
    ).toEqual(["#12 is red (acme/shop)"]);
  });

  it("tells two workflows of one name apart", async () => {
    telling = await startTelling([threaded], noon);

    await telling.end(aRun(1));
    await telling.end(aRun(1, { ...green, runId: 11, workflowId: 4 }));

    expect(telling.told()[0]?.words).toMatch(/^main is red/);
  });

  it.each(["cancelled", "skipped", "neutral"] as const)("is not green by a run that was %s", async (conclusion) => {
    telling = await startTelling([aChannel({ threads: "threaded", notify: [{ conclusions: ["failure", conclusion] }] })], noon);

    await telling.end(aRun(1, { runId: 11, workflow: "Docs", workflowId: 4, conclusion }));
    expect(telling.told()[0]?.words).toMatch(/^main has neither passed nor failed/);
    await telling.end(aRun(1));
    await telling.end(aRun(2, { conclusion }));

    expect(telling.told()[0]?.words).toMatch(/^main is red/);
  });

  it("shows in the root that it is over, whoever's run did that", async () => {
    telling = await startTelling([aChannel({ threads: "threaded", notify: [{ bots: "out" }] })], noon);

    await telling.end(aRun(1));
    await telling.end(aRun(2, { ...green, actor: { login: "renovate[bot]", isBot: true } }));

    expect(telling.told()).toHaveLength(2);
    expect(telling.told()[0]?.words).toMatch(/^main is green.*\nCI passed again on main/s);
  });

  it("shows no more workflows in the root than a message holds, whatever a pull request brings", async () => {
    telling = await startTelling([threaded], noon);
    const pull = { event: "pull_request", pullRequest: 12, branch: "topic" };

    for (let id = 1; id <= 100; id++)
      await telling.end(aRun(1, { ...pull, runId: id, workflowId: id, workflow: `W${id}${"x".repeat(190)}` }));

    const root = () => telling.told()[0]?.words ?? "";
    expect(root()).toMatch(/^#12 is red: 100 workflows/);
    expect(root()).toMatch(/and 70 more$/);
    expect(root().length).toBeLessThan(12_000);
    for (let id = 1; id < 100; id++) await telling.end(aRun(2, { ...pull, ...green, runId: 200 + id, workflowId: id }));
    expect(root()).toMatch(/^#12 is red.*\nW100xx/);
  });

  it("shows in the root what is newest, not what came last", async () => {
    telling = await startTelling([threaded], noon);

    await telling.end(aRun(2));
    await telling.end(aRun(1, green));

    expect(telling.told()[0]?.words).toMatch(/^main is red/);
  });
});

describe("a storm", () => {
  it("is told in ten messages, a digest that says what was held, and its thread; nothing is lost", async () => {
    telling = await startTelling([aChannel()], noon);

    for (let number = 1; number <= 200; number++) await telling.end(aRun(number, { workflow: `W${number}`, workflowId: number }));
    expect(telling.told()).toHaveLength(10);
    await telling.until(noon + 60_000);

    const digests = telling.told().slice(10);
    expect(digests[0]?.words).toContain("Held back until now: 190 messages, 190 of them bad");
    expect(digests.slice(1).every(({ thread }) => thread !== undefined && "message" in thread && thread.message === digests[0]?.key)).toBe(
      true,
    );
    const all = telling
      .told()
      .map(({ words }) => words)
      .join("\n");
    for (let number = 1; number <= 200; number++) expect(all.split(`runs/${number}.`)).toHaveLength(2);
  });
});

describe("quiet hours", () => {
  const night = aChannel({ quietHours: [{ from: "18:00", to: "08:00", zone: "Europe/Berlin" }] });

  it("hold everything until they end, and then tell it in one message", async () => {
    telling = await startTelling([night], Date.parse("2026-03-28T17:30:00Z"));

    await telling.end(aRun(1));
    await telling.end(aRun(2, green));
    await telling.until(Date.parse("2026-03-29T05:59:59Z"));
    expect(telling.told()).toEqual([]);
    await telling.until(Date.parse("2026-03-29T06:00:00Z"));

    expect(telling.told()).toHaveLength(1);
    expect(telling.told()[0]?.words).toMatch(
      /^Held back until now: 2 messages, 1 of them bad \(2 came in the quiet hours\)\nCI failed on main.*\nCI passed again/,
    );
  });

  it("hold nothing that was told before they began", async () => {
    telling = await startTelling([aChannel({ ...night, notify: [{ conclusions: ["cancelled"] }] })], Date.parse("2026-03-28T16:59:00Z"));
    const run = aRun(1, { conclusion: "cancelled" });

    await telling.end(run);
    telling.now = Date.parse("2026-03-28T17:30:00Z");
    await telling.endAgain(run);
    await telling.until(Date.parse("2026-03-29T06:00:00Z"));

    expect(first()).toEqual(["CI was cancelled on main (acme/shop)"]);
  });

  it("are told in the end, although the job that tells them was given up", async () => {
    telling = await startTelling([night], Date.parse("2026-03-28T17:30:00Z"));

    await telling.end(aRun(1));
    telling.now = Date.parse("2026-03-29T06:02:00Z");
    await telling.sweep();

    expect(first()).toEqual([expect.stringMatching(/^Held back until now: 1 message/)]);
  });

  it("list what was held in messages that Slack takes, however long its names are", async () => {
    telling = await startTelling([night], Date.parse("2026-03-28T17:30:00Z"));
    const long = "x".repeat(200);

    for (let id = 1; id <= 40; id++) await telling.end(aRun(1, { runId: id, workflowId: id, workflow: long, branch: long }));
    await telling.until(Date.parse("2026-03-29T06:00:00Z"));

    const words = telling.told().map((told) => told.words.replaceAll(/https:\S+/g, ""));
    expect(words).toHaveLength(2);
    for (const each of words) expect(each.length).toBeLessThan(12_000);
  });

  it("bring the message that is there up to date all the same", async () => {
    telling = await startTelling([night], Date.parse("2026-03-28T16:59:00Z"));

    await telling.end(aRun(1));
    telling.now = Date.parse("2026-03-28T17:30:00Z");
    await telling.end(aRun(2, green));

    expect(first()).toEqual(["CI failed on main (acme/shop), and passed again in run #2"]);
  });
});

describe("a rule that asks GitHub", () => {
  const asking = aChannel({ notify: [{ paths: ["src/**"], teams: ["acme/web"] }] });
  const denied = () => Promise.reject(new ServiceError("GitHub does not let the bot do that.", { service: "GitHub", retryable: false }));

  it.each([
    ["fits by what it is told", ["src/a.rs"], true, 1],
    ["does not fit by its files", ["a.md"], true, 0],
    ["does not fit by its teams", ["src/a.rs"], false, 0],
  ] as const)("%s", async (_, files, isMember, messages) => {
    telling = await startTelling([asking], noon, { changedFiles: async () => files, isInTeam: async () => isMember });

    await telling.end(aRun(1));

    expect(telling.told()).toHaveLength(messages);
  });

  it("tells rather too much than nothing when GitHub will not say, and says so", async () => {
    telling = await startTelling([asking], noon, { changedFiles: async () => ["src/a.rs"], isInTeam: denied });

    await telling.end(aRun(1));

    expect(telling.told()[0]?.words).toContain("GitHub did not tell who is in the team, so the rule was taken to fit.");
  });
});

describe("a channel that hears of a repository's incidents", () => {
  const autoFix = { mode: "suggest", retry: true, workflows: [] } as const;
  const followed = [{ repository: "Acme/Shop", channel: "C1", autoFix, triage: aTriage(), postMortem: false }];
  const isProtected = async (_: string, branch: string) => branch === "stable";
  const start = (channels: readonly ChannelPolicy[]) => startTelling(channels, noon, undefined, { followed, branches: { isProtected } });

  it("is told by no rule what they tell: failures, further ones and the recovery", async () => {
    telling = await start([aChannel({ notify: [{}] })]);

    for (const event of ["push", "schedule", "merge_group"]) {
      const of = { event, workflowId: event.length, ...(event === "merge_group" && { pullRequest: 7 }) };
      await telling.end(aRun(1, of));
      await telling.end(aRun(2, of));
      await telling.end(aRun(3, { ...of, ...green }));
    }
    await telling.end(aRun(1, { branch: "stable" }));

    expect(first()).toEqual([]);
  });

  it("is told by its rules what opens no incident, and what no incident tells", async () => {
    telling = await start([aChannel({ notify: [{ events: ["push", "pull_request"], conclusions: ["failure", "success", "cancelled"] }] })]);

    await telling.end(aRun(1, { branch: "topic" }));
    await telling.end(aRun(1, { event: "pull_request", pullRequest: 12, branch: "topic", runId: 11 }));
    await telling.end(aRun(2, green));
    await telling.end(aRun(3, { conclusion: "cancelled" }));

    expect(first()).toEqual([
      "CI failed on topic (acme/shop)",
      "CI failed on #12 (acme/shop)",
      "CI passed on main (acme/shop)",
      "CI was cancelled on main (acme/shop)",
    ]);
  });

  it("is the only one: others are told by their rules as before", async () => {
    telling = await start([aChannel(), aChannel({ id: "C2" })]);

    await telling.end(aRun(1));
    await telling.end(aRun(2, green));

    expect(first()).toHaveLength(2);
    expect(telling.told().every(({ key }) => key.includes("C2"))).toBe(true);
  });

  it("is rather told twice than not at all when GitHub will not say whether a branch is protected", async () => {
    const refuses = () => Promise.reject(new ServiceError("GitHub is broken.", { service: "GitHub", retryable: false }));
    telling = await startTelling([aChannel()], noon, undefined, { followed, branches: { isProtected: refuses } });

    await telling.end(aRun(1, { branch: "topic" }));

    expect(first()).toEqual(["CI failed on topic (acme/shop)"]);
  });
});

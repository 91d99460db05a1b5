import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Diagnosis } from "../../../src/pipeline/failures/diagnosis.ts";
import { describeDigest } from "../../../src/pipeline/incidents/digest/describe-digest.ts";
import { digestOf } from "../../../src/pipeline/incidents/digest/digest.ts";
import { describePull } from "../../../src/pipeline/incidents/pulls/describe-pull.ts";
import { showsCosts } from "../../../src/pipeline/incidents/pulls/on-pull-run.ts";
import { heardRun, newPull, toPullRun } from "../../../src/pipeline/incidents/pulls/pull-failures.ts";
import { costInWords, flakeCosts, flakeLines } from "../../../src/pipeline/runner-minutes/flake-cost.ts";
import { spentInWords } from "../../../src/pipeline/runner-minutes/whole-cost.ts";
import type { Part } from "../../../src/reply.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";
import { anEntry } from "../../contracts/ledger.ts";
import { aRunnerJob } from "../../contracts/runner-minutes.ts";
import { aFinishedRun } from "../policy/a-finished-run.ts";

const minute = 60_000;
const usd = 1_000_000_000_000n;
const ai = (metered: bigint, subscription = 0n, unpricedTokens = 0) => ({ costPico: { metered, subscription, free: 9n }, unpricedTokens });
const time = (costPico: bigint, priced: number, free = 0, unpriced = 0) => ({
  costPico,
  pricedMs: priced * minute,
  freeMs: free * minute,
  unpricedMs: unpriced * minute,
});

describe("what a pull request cost in all", () => {
  it.each([
    [ai((32n * usd) / 10n), time((11n * usd) / 10n, 94), "Spent: $3.20 on AI, $1.10 on 94 runner minutes"],
    [undefined, time(1n, 1), "Spent: <$0.01 on 1 runner minute"],
    [
      undefined,
      time(usd, 0.5, 7, 2_000),
      "Spent: $1.00 on 1 runner minute, 2,000 runner minutes without a price, 7 runner minutes for free",
    ],
    [ai(0n, 5n * usd), undefined, "Spent: AI worth $5.00 by a subscription"],
    [ai(usd, 0n, 1_200), time(0n, 0, 3), "Spent: $1.00 on AI, 1,200 AI tokens without a price, 3 runner minutes for free"],
    [ai(0n), time(0n, 0, 12), undefined],
    [undefined, time(0n, 30), undefined],
    [undefined, undefined, undefined],
  ])("of %o and %o is said so, and nothing of nothing", (requests, runners, words) => {
    expect(spentInWords(requests, runners)).toBe(words);
  });
});

describe("the comment on a pull request", () => {
  it.each([
    [true, [], true],
    [false, [], false],
    [false, ["ACME/shop"], true],
    [false, ["acme/other"], false],
  ])("of a repository that is private: %s, where internals are told on %j, tells of costs: %s", (isPrivate, internalsOn, tells) => {
    expect(showsCosts({ isPrivate, repository: "acme/shop" }, internalsOn)).toBe(tells);
  });
});

describe("what flakes cost", () => {
  const at = Date.parse("2026-11-20T10:00:00Z");
  const repository = "Acme/Shop";
  let state: EmbeddedState;
  const inside = <T>(work: Parameters<typeof state.records.transaction<T>>[0]) => state.records.transaction(work);

  beforeAll(async () => {
    state = await openEmbedded({ file: ":memory:" });
    await inside(async ({ runnerMinutes, ledger, diagnoses }) => {
      const flaky = (name: string, jobId: number, runId: number, costPico: bigint) => [
        aRunnerJob({ name, jobId, runId, costPico, conclusion: "failure", headSha: `${runId}` }),
        aRunnerJob({ name, jobId: jobId + 1, runId, attempt: 2, headSha: `${runId}`, endedAt: at + 30 * minute }),
      ];
      const jobs = [...flaky("test", 10, 1, 40n * usd), ...flaky("test", 20, 2, usd), ...flaky("build", 30, 1, usd)];
      for (const job of jobs) await runnerMinutes.record(job);
      const spent = (id: string, runId: number) => anEntry({ id, repository, runId, costPico: usd });
      await ledger.append([spent("1", 1), spent("2", 2), spent("3", 99)]);
      const job = { jobId: 10, name: "test", url: "https://x.test", failedTests: [], moreFailedTests: 0 };
      const told: Diagnosis = {
        repository,
        runId: 1,
        attempt: 1,
        headSha: "1",
        verdict: "flaky",
        evidence: [],
        moreJobs: 0,
        jobs: [job],
        at,
      };
      await diagnoses.put(told, "branch:main");
    });
  });
  afterAll(() => state.close());

  it("adds what was spent on AI in their runs, each run once", async () => {
    const costs = await inside((tx) => flakeCosts(tx, { repository }));

    expect(costs.map(({ job, costPico, aiPico }) => [job, costPico, aiPico])).toEqual([
      ["test", 41n * usd, 2n * usd],
      ["build", usd, 0n],
    ]);
    expect(costInWords(costs)).toBe("cost $44.00 in 7 days: 3 failed attempts, 15 runner minutes, $2.00 of it on AI");
  });

  it("is said of the jobs of a flaky run, and of no other run", async () => {
    const told = { repository, runId: 1, verdict: "flaky", jobs: [{ name: "test" }], at: at + minute } as unknown as Diagnosis;
    const lines = (one: Partial<Diagnosis>) => inside(async (tx) => [...(await flakeLines(tx, [{ ...told, ...one }])).values()].flat());

    expect(await lines({})).toEqual(["test: this flake cost $43.00 in 7 days: 2 failed attempts, 10 runner minutes, $2.00 of it on AI."]);
    expect(await lines({ verdict: "yours" })).toEqual([]);
    expect(await lines({ at: at + 8 * 24 * 60 * minute })).toEqual([]);
  });

  it("is said as time where nothing was paid for it", () => {
    const cost = { repository, job: "test", failedAttempts: 1, lastAt: at, aiPico: 0n, ...time(0n, 0, 5, 1) };

    expect(costInWords([cost])).toBe("took 6 runner minutes in 7 days: 1 failed attempt, 1 runner minute of them without a price");
  });

  it("stands beside the flaky jobs of a channel's digest", async () => {
    const digest = await inside((tx) => digestOf([repository], { since: at, now: at + 60 * minute }, tx));

    const words = (part: Part): readonly unknown[] =>
      part.kind === "text" ? [part.text] : part.kind === "table" ? part.rows.map(({ cells }) => cells) : [];
    expect(describeDigest(digest).parts.flatMap(words).slice(1)).toEqual([
      "Flaky in the last 7 days",
      ["test", "once", { at }, "$43.00, 10 runner minutes"],
      "What failed and passed later on the same commit cost $44.00 in 7 days: 3 failed attempts, 15 runner minutes, $2.00 of it on AI.",
    ]);
  });

  it("stands in the comment on a pull request where it may be told, and else not", () => {
    const pull = heardRun(newPull(repository, 12), toPullRun(aFinishedRun({ event: "pull_request", pullRequest: 12, runId: 1 }), true));
    const texts = (costs?: object) =>
      describePull(pull, { diagnoses: new Map(), incidents: new Map(), ...costs }).parts.flatMap((part) =>
        part.kind === "text" ? [part.text] : [],
      );
    const costs = { spent: [{ kind: "text", text: "Spent: $1.00 on AI" }], flakes: new Map([[1, ["test: this flake cost $1.00"]]]) };

    expect(texts({ costs }).slice(-2)).toEqual(["test: this flake cost $1.00", "Spent: $1.00 on AI"]);
    expect(texts().join()).not.toContain("$");
  });
});

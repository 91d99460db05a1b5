import { pino } from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createGitHub } from "../../../src/bot/github/client.ts";
import { githubHistory } from "../../../src/bot/github/history.ts";
import type { JobHistory, JobResult } from "../../../src/pipeline/failures/history.ts";
import { type GitHubSandbox, startGitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";
import { badGateway, notAccessible } from "../../../src/sandbox/github/named-faults.ts";
import { Secret } from "../../../src/secret.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";
import { watchGitHub } from "../../contracts/github/watch.ts";
import { asApp, commitPlainly } from "../../sandbox/github/clients.ts";

let sandbox: GitHubSandbox;
let state: EmbeddedState;
let violations: () => readonly string[];
let ci: number;
let nightly: number;
beforeAll(async () => {
  [sandbox, state] = await Promise.all([startGitHubSandbox(), openEmbedded({ file: ":memory:" })]);
  violations = await watchGitHub(sandbox, "the bot");
  const { data } = await asApp(sandbox).request("GET /repos/nextrust/nextrust/actions/workflows");
  const idOf = (name: string) => data.workflows.find((one: { name: string }) => one.name === name).id;
  [ci, nightly] = [idOf("CI"), idOf("Nightly")];
});
afterEach(() => sandbox.clearFaults());
afterAll(async () => {
  await Promise.all([sandbox.close(), state.close()]);
  expect(violations()).toEqual([]);
});

/** Asks anew, unless the cache is the point. */
const forgetful = { get: async () => undefined, set: async () => undefined };
function history(keys: Parameters<typeof githubHistory>[1] = forgetful): JobHistory {
  const credentials = { appId: sandbox.app.id, privateKey: new Secret(sandbox.app.privateKey) };
  return githubHistory(createGitHub({ apiUrl: sandbox.url, credentials, webhookSecrets: [] }, pino({ level: "silent" })), keys);
}

async function requestsDuring(work: () => Promise<unknown>): Promise<string[]> {
  const before = sandbox.calls().length;
  await work();
  const names = sandbox
    .calls()
    .slice(before)
    .map(({ name }) => name);
  return names.filter((name) => !/installation|access_tokens/.test(name));
}

const of = (results: readonly JobResult[], job: string) => results.filter((result) => result.job === job);

describe("what jobs came to on a branch", () => {
  it("is told by commit, the newest first, with every attempt in the order of their ends", async () => {
    const first = await sandbox.commit(
      "ada",
      { message: "Break lint" },
      { jobs: { lint: "failure", docs: "cancelled", "emulation-test": "skipped" } },
    );
    await asApp(sandbox).request(`POST /repos/nextrust/nextrust/actions/runs/${first.run.id}/rerun-failed-jobs`);
    await sandbox.finishRuns("main");
    const second = await sandbox.commit("uma", { message: "Slow down" }, { jobs: { lint: "timed_out", docs: "in_progress" } });

    const results = await history().onBranch(sandbox.repository, "main", ci);

    expect(of(results, "lint").slice(0, 3)).toMatchObject([
      { headSha: second.sha, conclusion: "failed", runId: second.run.id },
      { headSha: first.sha, conclusion: "failed", runId: first.run.id },
      { headSha: first.sha, conclusion: "passed", runId: first.run.id },
    ]);
    expect(of(results, "docs").map(({ headSha }) => headSha)).not.toContain(second.sha);
    const [newest] = results;
    expect(newest?.url).toBe(`${sandbox.url}/${sandbox.repository}/actions/runs/${second.run.id}/job/${newest?.jobId}`);
    const ofFirst = results.filter(({ headSha }) => headSha === first.sha).map(({ endedAt }) => endedAt);
    expect(ofFirst).toEqual(ofFirst.toSorted((one, other) => one - other));
  });

  it("is the asked workflow's alone", async () => {
    const run = await sandbox.runOnSchedule("nightly.yml", { jobs: { "soak-test": "failure" } });

    const results = await history().onBranch(sandbox.repository, "main", nightly);

    expect(results.map(({ job, conclusion, runId }) => [job, conclusion, runId])).toEqual([
      ["soak-test", "failed", run.id],
      ["benchmark", "passed", run.id],
    ]);
  });

  it("goes back twenty commits and costs one request", async () => {
    await sandbox.commit("ada", { message: "Too far back", branch: "long/way" });
    const { sha } = await sandbox.commit("ada", { message: "The twentieth", branch: "long/way" });
    await commitPlainly(sandbox, "ada", "long/way", 19);

    let results: readonly JobResult[] = [];
    const asked = await requestsDuring(async () => {
      results = await history().onBranch(sandbox.repository, "long/way", ci);
    });

    expect(asked).toEqual(["POST /graphql BranchResults"]);
    expect([...new Set(results.map(({ headSha }) => headSha))]).toEqual([sha]);
  });

  it("is nothing where there is no such branch, or nothing ran", async () => {
    expect(await history().onBranch(sandbox.repository, "no-such-branch", ci)).toEqual([]);
    expect(await history().onBranch(sandbox.repository, "main", 1)).toEqual([]);
  });

  it("is asked once for a burst, and again for another workflow", async () => {
    const remembering = history(state.keys);

    const asked = await requestsDuring(async () => {
      await Promise.all(Array.from({ length: 20 }, () => remembering.onBranch(sandbox.repository, "main", ci)));
      await remembering.onBranch(sandbox.repository, "main", ci);
    });
    const other = await requestsDuring(() => remembering.onBranch(sandbox.repository, "main", nightly));

    expect([asked.length, other.length]).toEqual([1, 1]);
  });

  it("is not remembered when it could not be told", async () => {
    const remembering = history(state.keys);
    sandbox.fail(/BranchResults/, notAccessible);
    const refused = remembering.onBranch(sandbox.repository, "fpu-traps", ci);

    await expect(refused).rejects.toMatchObject({ name: "ServiceError", retryable: false });
    expect(of(await remembering.onBranch(sandbox.repository, "fpu-traps", ci), "lint")).not.toEqual([]);
  });
});

describe("what jobs came to where a head branched off", () => {
  const headOf = async (target: number) => (await sandbox.runs(target))[0]?.headSha ?? "";

  it("is told in two requests", async () => {
    const base = await sandbox.commit("ada", { message: "Break docs", branch: "stable/2" }, { jobs: { docs: "failure" } });
    const head = await sandbox.commit("ada", { message: "On", branch: "stable/2" });
    let found: Awaited<ReturnType<JobHistory["atMergeBase"]>>;

    const asked = await requestsDuring(async () => {
      found = await history().atMergeBase(sandbox.repository, base.sha, head.sha, ci);
    });

    expect(asked).toHaveLength(2);
    expect(found?.sha).toBe(base.sha);
    expect(of(found?.results ?? [], "docs")).toMatchObject([{ conclusion: "failed", headSha: base.sha }]);
  });

  it("takes branches with any name, and heads in forks", async () => {
    await sandbox.commit("ada", { message: "Begin", branch: "release/1.x" });
    const fork = await sandbox.openForkPull("sam", "patch-2");
    const main = await sandbox.commit("ada", { message: "Later" });

    const [branched, forked] = await Promise.all([
      history().atMergeBase(sandbox.repository, "release/1.x", await headOf(sandbox.pulls.red), ci),
      history().atMergeBase(sandbox.repository, "main", await headOf(fork), ci),
    ]);

    expect(branched?.results.length).toBeGreaterThan(0);
    expect(forked?.sha).toBe(main.sha);
  });

  it("is undefined where either is gone", async () => {
    expect(await history().atMergeBase(sandbox.repository, "no-such-branch", await headOf(sandbox.pulls.red), ci)).toBeUndefined();
    expect(await history().atMergeBase(sandbox.repository, "main", "0".repeat(40), ci)).toBeUndefined();
  });

  it.each([
    ["the comparison", /compare/, badGateway, { retryable: true }],
    ["the checks", /CommitResults/, "rate-limited", { retryable: true }],
    ["the comparison", /compare/, notAccessible, { retryable: false }],
  ] as const)("is unknown when GitHub fails at %s", async (_, call, fault, expected) => {
    sandbox.fail(call, fault, 3);

    const asked = history().atMergeBase(sandbox.repository, "main", await headOf(sandbox.pulls.red), ci);

    await expect(asked).rejects.toMatchObject({ name: "ServiceError", ...expected });
  });
});

it("says that the App is not installed where it is not", async () => {
  await expect(history().onBranch("octo/elsewhere", "main", ci)).rejects.toMatchObject({ name: "UserError", reason: "not_installed" });
});

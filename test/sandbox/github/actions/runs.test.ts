import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type GitHubSandbox, startGitHubSandbox } from "../../../../src/sandbox/github/github-sandbox.ts";
import { asApp } from "../clients.ts";
import { createReceiver } from "../receiver.ts";
import { toldSince } from "./deliveries-of-runs.ts";

let github: GitHubSandbox;
let receiver: Awaited<ReturnType<typeof createReceiver>>;
beforeEach(async () => {
  [github, receiver] = await Promise.all([startGitHubSandbox(), createReceiver()]);
  github.connect(receiver.url);
});
afterEach(() => Promise.all([github.close(), receiver.close()]));

const here = { owner: "nextrust", repo: "nextrust" };
const job = "test-rust (m68040)";
const onlyRun = async () => {
  const [run] = await github.runs(github.pulls.red);
  if (!run) throw new Error("The pull request has no run.");
  return run;
};

describe("a run", () => {
  it("of a push is queued, goes on and ends, and every step is delivered in order", async () => {
    await github.push(github.pulls.green);
    const queued = toldSince(github, 0);
    const from = github.deliveries().length;
    await github.startRuns(github.pulls.green);
    const started = toldSince(github, from);
    await github.finishRuns(github.pulls.green);

    expect(queued.slice(0, 5)).toEqual([
      "pull_request synchronize",
      "workflow_run requested #1",
      "check_run created build (m68030)",
      "workflow_job queued build (m68030)",
      "check_run created build (m68040)",
    ]);
    expect(started).toHaveLength(8);
    expect(started.slice(0, 3)).toEqual([
      "workflow_run in_progress #1",
      "workflow_job in_progress build (m68030)",
      "workflow_job in_progress build (m68040)",
    ]);
    const ended = toldSince(github, from + started.length);
    expect(ended).toHaveLength(15);
    expect(ended.slice(0, 2)).toEqual(["check_run completed build (m68030) success", "workflow_job completed build (m68030) success"]);
    expect(ended.at(-1)).toBe("workflow_run completed #1 success");
    expect(receiver.received).toHaveLength(github.deliveries().length);
  });

  it("makes a new attempt of failed jobs under the same id, with new ids for those jobs alone", async () => {
    const before = await onlyRun();

    const answer = await asApp(github).request("POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs", {
      ...here,
      run_id: before.id,
    });
    await github.finishRuns(github.pulls.red);

    expect(answer).toMatchObject({ status: 201, data: {} });
    const after = await onlyRun();
    expect(after).toMatchObject({ id: before.id, attempt: 2, createdAt: before.createdAt });
    const changed = after.jobs.filter(({ id }) => !before.jobs.some((old) => old.id === id));
    expect(changed).toMatchObject([{ name: job, state: "success", attempt: 2 }]);
    expect(toldSince(github, 0)).toEqual([
      "workflow_run requested #2",
      `check_run created ${job}`,
      `workflow_job queued ${job}`,
      "workflow_run in_progress #2",
      `workflow_job in_progress ${job}`,
      `check_run completed ${job} success`,
      `workflow_job completed ${job} success`,
      "workflow_run completed #2 success",
    ]);
  });

  it("keeps its earlier attempts readable, and lists jobs of the latest or of all", async () => {
    const bot = asApp(github);
    const run = { ...here, run_id: (await onlyRun()).id };
    await bot.request("POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs", run);
    await github.finishRuns(github.pulls.red);

    const jobsOf = async (filter: "latest" | "all") =>
      (await bot.request("GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs", { ...run, filter, per_page: 100 })).data.jobs;
    const stateOf = (jobs: Awaited<ReturnType<typeof jobsOf>>) =>
      jobs.filter(({ name }) => name === job).map(({ run_attempt, conclusion }) => [run_attempt, conclusion]);
    expect(stateOf(await jobsOf("latest"))).toEqual([[2, "success"]]);
    expect(stateOf(await jobsOf("all"))).toEqual([
      [1, "failure"],
      [2, "success"],
    ]);
    expect(await jobsOf("all")).toHaveLength(8);
    const attempt = (attempt_number: number) => ({ ...run, attempt_number });
    const first = await bot.request("GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}", attempt(1));
    expect(first.data).toMatchObject({ run_attempt: 1, conclusion: "failure", previous_attempt_url: null });
    const jobs = await bot.request("GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs", attempt(1));
    expect(stateOf(jobs.data.jobs)).toEqual([[1, "failure"]]);
  });

  it("comes to what was said for its jobs", async () => {
    github.setOutcome("docs", "failure");
    github.setOutcome("lint", "timed_out");

    await github.push(github.pulls.green);
    await github.finishRuns(github.pulls.green);

    expect(toldSince(github, 0).at(-1)).toBe("workflow_run completed #1 failure");
    const states = (await github.jobs(github.pulls.green)).map(({ name, state }) => [name, state]);
    expect(states.slice(-3)).toEqual([
      ["emulation-test", "success"],
      ["docs", "failure"],
      ["lint", "timed_out"],
    ]);
  });

  it("goes on by itself at a pace", async () => {
    github.setRunPace({ queuedMs: 5, runningMs: 10 });

    await github.push(github.pulls.green);

    await expect.poll(() => toldSince(github, 0).at(-1), { timeout: 10_000 }).toBe("workflow_run completed #1 success");
    expect(toldSince(github, 0)).toHaveLength(1 + 1 + 14 + 8 + 15);
  });
});

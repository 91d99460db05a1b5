import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type GitHubSandbox, startGitHubSandbox } from "../../../../src/sandbox/github/github-sandbox.ts";
import { asApp } from "../clients.ts";
import { refusalOf } from "../refusal.ts";

let github: GitHubSandbox;
beforeEach(async () => {
  github = await startGitHubSandbox();
});
afterEach(() => github.close());

const api = "/repos/nextrust/nextrust/actions";
const post = (path: string, body = {}) => asApp(github).request(`POST ${api}${path}`, body);
const red = async () => {
  const [run] = await github.runs(github.pulls.red);
  const job = run?.jobs.find(({ state }) => state === "failure");
  if (!run || !job) throw new Error("The pull request is not red.");
  return { run, job };
};

describe("a re-run", () => {
  it("of everything makes every job anew, and of one job only that", async () => {
    const { run } = await red();

    await post(`/runs/${run.id}/rerun`, { enable_debug_logging: true });
    const all = await github.runs(github.pulls.red);
    await github.finishRuns(github.pulls.red);
    const [first] = await github.jobs(github.pulls.red);
    await post(`/jobs/${first?.id}/rerun`);

    expect(all[0]).toMatchObject({ id: run.id, attempt: 2 });
    expect(all[0]?.jobs.map(({ state, attempt }) => [state, attempt])).toEqual(run.jobs.map(() => ["queued", 2]));
    const states = (await github.jobs(github.pulls.red)).map(({ state, attempt }) => [state, attempt]);
    expect(states).toEqual([["queued", 3], ...run.jobs.slice(1).map(() => ["success", 2])]);
  });

  it("is refused while the run is under way", async () => {
    const { run, job } = await red();
    await post(`/runs/${run.id}/rerun-failed-jobs`);

    expect(await refusalOf(post(`/runs/${run.id}/rerun-failed-jobs`))).toBe("403 This workflow is already running");
    expect(await refusalOf(post(`/runs/${run.id}/rerun`))).toBe("403 This workflow is already running");
    expect(await refusalOf(post(`/jobs/${job.id}/rerun`))).toBe("403 The workflow run containing this job is already running");
  });

  it("is refused after thirty days", async () => {
    const { run } = await red();
    const createdAt = new Date(Date.now() - 31 * 86_400_000).toISOString();

    await github.ageRun(github.pulls.red, { createdAt });

    const tooOld = "403 Unable to retry this workflow run because it was created over a month ago";
    expect(await refusalOf(post(`/runs/${run.id}/rerun`))).toBe(tooOld);
  });

  it("is refused after fifty", async () => {
    const { run } = await red();

    await github.ageRun(github.pulls.red, { attempt: 50 });
    expect(await refusalOf(post(`/runs/${run.id}/rerun-failed-jobs`))).toBe("taken");

    await github.setJob(github.pulls.red, "test-rust (m68040)", "failure");
    expect(await refusalOf(post(`/runs/${run.id}/rerun-failed-jobs`))).toMatch(/^403 .*50 times$/);
  });

  it("is refused where nothing failed, or nothing was ever started", async () => {
    const [green] = await github.runs(github.pulls.green);
    const waiting = await github.addRunToApprove(github.pulls.green);

    expect(await refusalOf(post(`/runs/${green?.id}/rerun-failed-jobs`))).toBe("403 This workflow run cannot be retried");
    expect(await refusalOf(post(`/runs/${waiting.id}/rerun`))).toBe("403 This workflow run cannot be retried");
  });

  it("finds no run and no job that is not there, and none of an older attempt", async () => {
    const { run, job } = await red();
    await post(`/runs/${run.id}/rerun-failed-jobs`);
    await github.finishRuns(github.pulls.red);

    expect(await refusalOf(post("/runs/7/rerun"))).toBe("404 Not Found");
    expect(await refusalOf(post("/jobs/7/rerun"))).toBe("404 Not Found");
    expect(await refusalOf(post(`/jobs/${job.id}/rerun`))).toBe("403 This workflow run cannot be retried");
    expect((await github.runs(github.pulls.red))[0]?.attempt).toBe(2);
  });

  it("goes wrong as it was told to, by its name", async () => {
    const { run } = await red();
    github.fail(new RegExp(`^POST ${api}/runs/${run.id}/rerun-failed-jobs$`), { status: 502 });

    expect(await refusalOf(post(`/runs/${run.id}/rerun-failed-jobs`))).toMatch(/^502/);
    expect((await github.runs(github.pulls.red))[0]?.attempt).toBe(1);
  });
});

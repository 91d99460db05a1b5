import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type GitHubSandbox, startGitHubSandbox } from "../../../../src/sandbox/github/github-sandbox.ts";
import { asApp } from "../clients.ts";
import { refusalOf } from "../refusal.ts";
import { toldSince } from "./deliveries-of-runs.ts";

let github: GitHubSandbox;
beforeEach(async () => {
  github = await startGitHubSandbox();
});
afterEach(() => github.close());

const api = "/repos/nextrust/nextrust/actions/runs";
const post = (path: string) => asApp(github).request(`POST ${api}${path}`);
const get = async (id: number) => (await asApp(github).request(`GET ${api}/${id}`)).data;

describe("a cancelled run", () => {
  it("is over at once, and so are its jobs that were under way", async () => {
    await github.push(github.pulls.green);
    await github.setJob(github.pulls.green, "docs", "failure");
    const [run] = await github.runs(github.pulls.green);

    expect(await post(`/${run?.id}/cancel`)).toMatchObject({ status: 202, data: {} });

    expect(await get(run?.id ?? 0)).toMatchObject({ status: "completed", conclusion: "cancelled" });
    const states = (await github.jobs(github.pulls.green)).map(({ state }) => state);
    expect(states.toSorted()).toEqual([...Array(6).fill("cancelled"), "failure"]);
    await expect.poll(() => toldSince(github, 0).at(-1), { timeout: 10_000 }).toBe("workflow_run completed #1 cancelled");
    expect(await refusalOf(post(`/${run?.id}/cancel`))).toBe("409 Cannot cancel a workflow run that is completed.");
  });

  it("takes a moment where runs have a pace", async () => {
    await github.push(github.pulls.green);
    await github.startRuns(github.pulls.green);
    github.setRunPace({ queuedMs: 500, runningMs: 60_000 });
    const [run] = await github.runs(github.pulls.green);

    await post(`/${run?.id}/cancel`);

    const states = async () => new Set((await github.jobs(github.pulls.green)).map(({ state }) => state));
    expect(await states()).toEqual(new Set(["in_progress"]));
    await expect.poll(states, { timeout: 5_000 }).toEqual(new Set(["cancelled"]));
  });

  it("can be run again, all of it", async () => {
    await github.push(github.pulls.green);
    const [run] = await github.runs(github.pulls.green);
    await post(`/${run?.id}/cancel`);

    await post(`/${run?.id}/rerun-failed-jobs`);
    await github.finishRuns(github.pulls.green);

    expect(await get(run?.id ?? 0)).toMatchObject({ run_attempt: 2, conclusion: "success" });
  });
});

describe("a run from a fork", () => {
  it("waits without jobs until somebody approves it, and then is queued", async () => {
    const { id } = await github.addRunToApprove(github.pulls.red);
    const waiting = await get(id);

    expect(await post(`/${id}/approve`)).toMatchObject({ status: 201, data: {} });

    expect(waiting).toMatchObject({ status: "completed", conclusion: "action_required", event: "pull_request", pull_requests: [] });
    expect(await get(id)).toMatchObject({ status: "queued", conclusion: null, run_attempt: 1 });
    const [ci, approved] = await github.runs(github.pulls.red);
    expect(approved?.jobs.map(({ name, state }) => [name, state])).toEqual(ci?.jobs.map(({ name }) => [name, "queued"]));
    expect(toldSince(github, 0).slice(0, 2)).toEqual([
      "workflow_run requested #1 action_required",
      "workflow_run completed #1 action_required",
    ]);
  });

  it("is the only kind that can be approved", async () => {
    const [run] = await github.runs(github.pulls.red);

    expect(await refusalOf(post(`/${run?.id}/approve`))).toMatch(/^403 This run is not from a fork pull request/);
  });
});

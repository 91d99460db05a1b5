import { describe, expect, it } from "vitest";
import { placeRun, recordJob } from "../../../src/bot/github/jobs/runner-minutes.ts";

const repository = { id: 1, full_name: "Acme/Shop", private: true, default_branch: "main" };
const job = {
  ...{ id: 70, run_id: 7, run_attempt: 2, name: "test", workflow_name: "CI", head_sha: "ab12cd3", conclusion: "failure" },
  ...{ started_at: "2026-11-20T10:00:00Z", completed_at: "2026-11-20T10:05:00Z" },
  ...{ labels: ["ubuntu-latest", null], runner_name: "GitHub Actions 5" },
};
const read = (changes: object = {}, action = "completed") => recordJob({ action, repository, workflow_job: { ...job, ...changes } });

const own = { number: 12, base: { repo: { id: 1 } } };
const place = (changes: object) =>
  placeRun({
    action: "requested",
    repository,
    workflow_run: {
      ...{ id: 7, event: "pull_request", head_branch: "topic", head_sha: "ab12cd3", pull_requests: [own] },
      ...{ head_repository: { full_name: "acme/shop" }, ...changes },
    },
  });

describe("a job that has ended", () => {
  it("is written down once an attempt, with when it ran and on what", () => {
    const startedAt = Date.parse(job.started_at);

    expect(read()).toEqual({
      id: "runner-job:acme/shop:70:2",
      task: "record-runner-job",
      payload: {
        ...{ repository: "Acme/Shop", isPrivate: true, runId: 7, attempt: 2, jobId: 70, name: "test", workflow: "CI" },
        ...{ headSha: "ab12cd3", labels: ["ubuntu-latest"], startedAt, endedAt: startedAt + 300_000, conclusion: "failure" },
      },
    });
    expect(read({ run_attempt: 3 })?.id).not.toBe(read()?.id);
  });

  it.each([
    ["was skipped", { conclusion: "skipped", runner_name: null }],
    ["was cancelled while it waited", { conclusion: "cancelled", runner_name: "" }],
  ])("cost nothing where it %s", (_, changes) => {
    expect(read(changes)).toBeUndefined();
  });

  it.each(["queued", "in_progress", "waiting"])("is not one that is %s", (action) => {
    expect(read({ completed_at: null, conclusion: null }, action)).toBeUndefined();
  });

  it("is refused without a time, rather than counted as none", () => {
    expect(() => read({ started_at: "soon" })).toThrow(/started_at/);
  });
});

describe("the pull request of a run", () => {
  it.each<[string, object, number | undefined]>([
    ["its own", {}, 12],
    ["the one that a push was to", { event: "push" }, 12],
    ["the one in the merge queue", { event: "merge_group", head_branch: "gh-readonly-queue/main/pr-31-ab12", pull_requests: [] }, 31],
    ["none, where it was a push to the default branch", { event: "push", head_branch: "main" }, undefined],
    ["none, where that is a fork's of the same number", { pull_requests: [{ ...own, base: { repo: { id: 2 } } }] }, undefined],
    ["none, where there is none", { event: "push", pull_requests: [] }, undefined],
  ])("is %s", (_, changes, number) => {
    expect((place(changes)?.payload as { pullRequest?: number } | undefined)?.pullRequest).toBe(number);
  });

  it("is asked for where the branch lies in a fork", () => {
    const fork = { pull_requests: [], head_repository: { full_name: "sam/shop" } };

    expect(place(fork)).toMatchObject({ id: "place-run:acme/shop:7", payload: { headRepository: "sam/shop", branch: "topic" } });
    expect(place({ ...fork, event: "push" })).toBeUndefined();
  });
});

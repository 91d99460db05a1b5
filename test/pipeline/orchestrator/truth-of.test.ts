import { describe, expect, it } from "vitest";
import { learntFrom } from "../../../src/pipeline/orchestrator/truth-of.ts";
import type { RunJob } from "../../../src/pipeline/runs.ts";
import { aFinishedRun } from "../policy/a-finished-run.ts";
import { aDecision } from "./a-decision.ts";

const onPull = { event: "pull_request", branch: "feature", pullRequest: 5 } as const;
const passed = { conclusion: "success" } as const;
const aJob = (name: string, state: RunJob["state"], attempt = 2): RunJob => ({ id: 1, name, state, isOver: true, attempt, url: "" });
const learn = (
  run: Parameters<typeof aFinishedRun>[0],
  decision: Parameters<typeof aDecision>[0] = {},
  seen: { readonly jobs?: readonly RunJob[]; readonly hadMain?: boolean } = {},
) => learntFrom(aDecision(decision), { run: aFinishedRun({ ...onPull, ...run }), jobs: [], hadMain: false, ...seen });

describe("what became of a failure", () => {
  it.each([
    ["the same run passed in a later attempt", { ...passed, attempt: 2 }, { again: "passed", truth: "flake" }],
    ["another run of the commit passed", { ...passed, runId: 8, number: 2 }, { again: "passed", truth: "flake" }],
    ["a newer commit passed", { ...passed, runId: 8, number: 2, headSha: "f00" }, { truth: "fixed" }],
    [
      "a newer commit passed in the merge queue",
      { ...passed, runId: 8, number: 2, headSha: "f00", event: "merge_group" },
      { truth: "fixed" },
    ],
  ] as const)("is told by what came later: %s", (_, run, learnt) => {
    expect(learn(run)).toEqual(learnt);
  });

  it.each([
    ["its own attempt is told again", { ...passed, attempt: 1 }],
    ["an older run passed late", { ...passed, runId: 6, number: 0, headSha: "f00" }],
    ["another workflow passed", { ...passed, attempt: 2, workflowId: 4 }],
    ["another pull request passed", { ...passed, runId: 8, number: 2, headSha: "f00", pullRequest: 6 }],
    ["a newer commit failed", { runId: 8, number: 2, headSha: "f00" }],
    ["somebody cancelled it", { conclusion: "cancelled", attempt: 2 }],
  ] as const)("is not told by anything else: %s", (_, run) => {
    expect(learn(run)).toBeUndefined();
  });

  it("is not told by the same commit as a push: a pull request is tried together with its base", () => {
    const push = aFinishedRun({ ...passed, runId: 8, number: 2, branch: "feature" });

    expect(learntFrom(aDecision(), { run: push, jobs: [], hadMain: false })).toBeUndefined();
  });

  it("depends on its own jobs where the run fails again", () => {
    expect(learn({ attempt: 2 }, {}, { jobs: [aJob("test", "failed"), aJob("lint", "passed")] })).toEqual({ again: "failed" });
    expect(learn({ attempt: 2 }, {}, { jobs: [aJob("test", "passed"), aJob("lint", "failed")] })).toEqual({
      again: "passed",
      truth: "flake",
    });
    expect(learn({ attempt: 2 }, {}, { jobs: [aJob("test", "passed", 1), aJob("lint", "failed")] })).toBeUndefined();
  });

  it("remembers that it failed again first, whatever comes afterwards", () => {
    expect(learn({ ...passed, attempt: 3 }, { again: "failed" })).toEqual({ again: "failed", truth: "flake" });
  });

  it("is a flake when the same commit passes after a newer one did, and never the other way round", () => {
    expect(learn({ ...passed, attempt: 2 }, { truth: "fixed" })).toEqual({ again: "passed", truth: "flake" });
    expect(learn({ ...passed, runId: 8, number: 2, headSha: "f00" }, { truth: "flake", again: "passed" })).toBeUndefined();
  });

  it("is the default branch's, where that failed so and passes again", () => {
    const { pullRequest: _, ...main } = aFinishedRun({ ...passed, runId: 8, number: 2, headSha: "f00" });

    expect(learntFrom(aDecision(), { run: main, jobs: [], hadMain: true })).toEqual({ truth: "main_recovered" });
    expect(learntFrom(aDecision(), { run: main, jobs: [], hadMain: false })).toBeUndefined();
  });
});

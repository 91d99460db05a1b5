import { describe, expect, it } from "vitest";
import { ServiceError, UserError } from "../../../src/errors.ts";
import { evaluate, metAmong } from "../../../src/pipeline/phases/evaluate.ts";
import type { Deliverable, PhasePlan } from "../../../src/pipeline/phases/phases.ts";
import type { Job, JobState, Pipeline } from "../../../src/pipeline/pipelines.ts";
import type { WorkflowRun } from "../../../src/pipeline/runs.ts";

const away = new ServiceError("GitHub cannot be reached.", { service: "GitHub", retryable: true });

const aJob = (name: string, state: JobState, workflow = "CI"): Job => ({
  name,
  state,
  isRequired: false,
  url: `https://x.test/${name}`,
  actions: { jobId: 1, runId: 1, workflow },
});

function aHead(jobs: readonly Job[], total = jobs.length): Pipeline {
  const subject = { kind: "ref", name: "main" } as const;
  return { repository: "acme/shop", headSha: "ab12cd3", headUrl: "https://x.test/c", subject, counts: { passed: total }, jobs };
}

const aRun = (state: JobState): WorkflowRun => ({
  id: 7,
  title: "CI",
  workflow: { id: 3, name: "CI" },
  event: "push",
  headSha: "ab12cd3",
  attempt: 1,
  createdAt: 0,
  url: "https://x.test/7",
  state,
  isOver: true,
  needsApproval: false,
});

interface World {
  readonly head?: Pipeline | Error | undefined;
  readonly paths?: ReadonlyMap<string, string> | Error;
  readonly run?: WorkflowRun | Error | undefined;
}

const orThrow = async <T>(value: T | Error): Promise<T> => {
  if (value instanceof Error) throw value;
  return value;
};

async function look(deliverables: readonly Deliverable[], { head = aHead([]), paths = new Map(), run }: World, branch?: string) {
  const asked: unknown[] = [];
  const services = {
    pipelines: {
      ofPullRequest: async () => undefined,
      newestPullRequestBy: async () => undefined,
      ofRef: (...args: unknown[]) => {
        asked.push(args);
        return orThrow(head);
      },
    },
    evidence: { paths: () => orThrow(paths), newestRun: () => orThrow(run) },
  };
  const phase = { id: "phase-1", name: "First", deliverables };
  const plan: PhasePlan = { repository: "acme/shop", phases: [phase], ...(branch !== undefined && { branch }) };
  return { asked, ...(await evaluate(plan, phase, services)) };
}

const check = (name: string): Deliverable => ({ kind: "check", name });
const path: Deliverable = { kind: "path", path: "ci/Dockerfile" };
const workflow: Deliverable = { kind: "workflow", file: "ci.yml" };

describe("a deliverable", () => {
  it.each<[string, Deliverable, World, object]>([
    ["a path that is there", path, { paths: new Map([["ci/Dockerfile", "https://x.test/f"]]) }, { state: "met", url: "https://x.test/f" }],
    ["a path that is not", path, {}, { state: "not met", why: "not there" }],
    ["a path that GitHub cannot look for", path, { paths: away }, { state: "unknown", why: "GitHub cannot be reached." }],
    ["a check that passed", check("build"), { head: aHead([aJob("build", "passed")]) }, { state: "met", url: "https://x.test/build" }],
    ["a check with its workflow", check("CI / build"), { head: aHead([aJob("build", "passed")]) }, { state: "met" }],
    ["a check that was skipped", check("build"), { head: aHead([aJob("build", "skipped")]) }, { state: "not met", why: "skipped" }],
    ["a check that still runs", check("build"), { head: aHead([aJob("build", "running")]) }, { state: "not met", why: "running" }],
    [
      "one of two checks of that name that failed",
      check("build"),
      { head: aHead([aJob("build", "passed"), aJob("build", "failed", "Nightly")]) },
      { state: "not met", why: "failed" },
    ],
    ["a check that only begins so", check("buil"), { head: aHead([aJob("build", "passed")]) }, { state: "not met" }],
    [
      "a check that is not among those that could be read",
      check("fuzz"),
      { head: aHead([aJob("build", "passed")], 1_001) },
      { state: "unknown", why: "it is not among the first 1 checks" },
    ],
    ["a workflow whose newest run passed", workflow, { run: aRun("passed") }, { state: "met", url: "https://x.test/7" }],
    ["a workflow whose newest run failed", workflow, { run: aRun("failed") }, { state: "not met", why: "failed" }],
    ["a workflow that runs again", workflow, { run: aRun("running") }, { state: "not met", why: "running" }],
    ["a workflow that never ran", workflow, { run: undefined }, { state: "not met", why: "no run on main" }],
    ["a workflow that GitHub cannot look for", workflow, { run: away }, { state: "unknown", why: "GitHub cannot be reached." }],
  ])("is judged: %s", async (_, deliverable, world, expected) => {
    const { findings } = await look([deliverable], world);

    expect(findings).toMatchObject([{ deliverable, ...expected }]);
  });

  it("of a branch that cannot be seen, or is not there, is unknown and never met", async () => {
    const unseen = await look([path, check("build")], { head: away });
    expect(unseen.findings.map(({ state }) => state)).toEqual(["unknown", "unknown"]);
    expect(metAmong(unseen.findings)).toBe(0);
  });

  it("is looked for on the branch, even where a tag has its name", async () => {
    const { asked, branch } = await look([path, check("build")], {}, "next");

    expect(asked).toEqual([["acme/shop", "refs/heads/next", { allJobs: true }]]);
    expect(branch).toBe("next");
  });

  it("is not looked for where the App is not installed: that is said instead", async () => {
    const refused = new UserError("not_applicable", "not_installed", "The GitHub App is not installed on acme/shop.");

    await expect(look([path], { head: refused })).rejects.toBe(refused);
  });
});

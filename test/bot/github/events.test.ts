import { describe, expect, it } from "vitest";
import { events } from "../../../src/bot/github/events.ts";
import { Settings } from "../../../src/config/settings.ts";

const known = { guid: "guid-1", receivedAt: 1_764_000_000_000, settings: Settings.parse({}), isUs: () => false };

const aRun = {
  ...{ id: 7, run_number: 4, run_attempt: 2, workflow_id: 3, name: "CI", event: "push", html_url: "https://github.example/runs/7" },
  ...{ head_branch: "main", head_sha: "ab12cd3", conclusion: "failure" },
};

function jobsOf(action: string, run: object) {
  const payload = { action, repository: { full_name: "acme/shop", private: false }, workflow_run: { ...aRun, ...run } };
  return events.workflow_run?.flatMap((toJob) => toJob(payload, known) ?? []) ?? [];
}

describe("a workflow run", () => {
  it.each(["failure", "timed_out", "startup_failure"])(
    "that ends as %s counts as a failure of its attempt, before the run is looked at",
    (conclusion) => {
      const [failure, follow] = jobsOf("completed", { conclusion });

      expect(failure).toMatchObject({
        id: "failure:acme/shop:7:2",
        task: "record-failure",
        payload: {
          repository: "acme/shop",
          headSha: "ab12cd3",
          workflow: { id: 3, name: "CI" },
          runId: 7,
          attempt: 2,
          failedAt: known.receivedAt,
        },
      });
      expect(follow).toMatchObject({ task: "follow-run", lane: failure?.lane });
    },
  );

  it.each([
    ["completed", "success"],
    ["completed", "cancelled"],
    ["completed", "skipped"],
    ["completed", "action_required"],
    ["completed", null],
    ["in_progress", null],
    ["requested", "failure"],
  ])("that is %s as %s is no failure", (action, conclusion) => {
    const hasEnded = action === "completed" && conclusion !== null;

    expect(jobsOf(action, { conclusion }).map(({ task }) => task)).toEqual([
      "follow-run",
      ...(hasEnded ? ["notify-run", "look-at-watched"] : []),
    ]);
  });

  it("that has ended is told once for each attempt, however often it is delivered", () => {
    const idsOf = (run: object) =>
      jobsOf("completed", run)
        .filter(({ task }) => task === "notify-run")
        .map(({ id }) => id);

    expect(idsOf({})).toEqual(idsOf({ display_title: "another delivery" }));
    expect(idsOf({})).not.toEqual(idsOf({ run_attempt: 3 }));
  });

  it("of a merge queue counts for the branch that it merges into, and for its pull request", () => {
    const queued = { event: "merge_group", head_branch: "gh-readonly-queue/release/1.2/pr-12-ab12cd3" };
    const told = jobsOf("completed", queued).find(({ task }) => task === "notify-run");

    expect(told?.payload).toMatchObject({ branch: "release/1.2", pullRequest: 12 });
  });
});

describe("what a run need not say", () => {
  it.each([
    ["its name", { name: 12 }, { workflow: "a workflow without a name" }],
    ["its title", { display_title: null }, { title: "" }],
    ["who started it", { actor: { login: "ada" } }, { actor: { login: "ghost", isBot: false } }],
    ["its pull requests", { pull_requests: {} }, {}],
    ["where its branch lies", { head_repository: "gone" }, { headRepository: "a deleted fork" }],
  ])("is missing, and it is told of all the same: %s", (_, run, told) => {
    expect(jobsOf("completed", run).find(({ task }) => task === "notify-run")?.payload).toMatchObject(told);
  });

  it("is kept short: a pull request may call its workflow anything", () => {
    const told = jobsOf("completed", { name: "CI ".repeat(4_000), display_title: "x".repeat(10_000) });

    expect(JSON.stringify(told).length).toBeLessThan(4_000);
  });
});

describe("a pull request that leaves the merge queue", () => {
  const jobsFor = (reason: unknown) =>
    events.pull_request
      ?.slice(-1)
      .flatMap((toJob) => toJob({ action: "dequeued", number: 12, repository: { full_name: "acme/shop" }, reason }, known) ?? []);

  it.each(["CI_FAILURE", "MERGE_CONFLICT", null])("because of %s is told to those who watch it", (reason) => {
    expect(jobsFor(reason)).toMatchObject([{ payload: { happened: { kind: "dequeued" } } }]);
  });

  it.each(["MERGE", "ALREADY_MERGED"])("because of %s is merged, which is no bad news", (reason) => {
    expect(jobsFor(reason)).toEqual([]);
  });
});

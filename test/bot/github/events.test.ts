import { describe, expect, it } from "vitest";
import { events } from "../../../src/bot/github/events.ts";
import { tellDequeued } from "../../../src/bot/github/jobs/on-pull-request.ts";
import { Settings } from "../../../src/config/settings.ts";

const known = { guid: "guid-1", receivedAt: 1_764_000_000_000, settings: Settings.parse({}), isUs: () => false };

const aRun = {
  ...{ id: 7, run_number: 4, run_attempt: 2, workflow_id: 3, name: "CI", event: "push", html_url: "https://github.example/runs/7" },
  ...{ head_branch: "main", head_sha: "ab12cd3", conclusion: "failure" },
};

function jobsOf(action: string, run: object) {
  const payload = {
    action,
    repository: { full_name: "acme/shop", private: false, default_branch: "main" },
    workflow_run: { ...aRun, ...run },
  };
  return events.workflow_run?.flatMap((toJob) => toJob(payload, known) ?? []) ?? [];
}

describe("a workflow run", () => {
  it.each([
    ["failure", true],
    ["timed_out", true],
    ["startup_failure", true],
    ["success", false],
    ["cancelled", false],
  ])("that ends as %s is counted as an attempt whose failures count: %s, before the run is looked at", (conclusion, hasFailed) => {
    const [ended, follow] = jobsOf("completed", { conclusion });

    expect(ended).toMatchObject({
      id: "ended:acme/shop:7:2",
      task: "record-attempt",
      payload: {
        repository: "acme/shop",
        headSha: "ab12cd3",
        workflow: { id: 3, name: "CI" },
        runId: 7,
        attempt: 2,
        hasFailed,
        heardAt: known.receivedAt,
      },
    });
    expect(follow).toMatchObject({ task: "follow-run", lane: ended?.lane });
  });

  it.each([
    ["completed", "skipped"],
    ["completed", "action_required"],
    ["completed", null],
    ["in_progress", null],
    ["requested", "failure"],
  ])("that is %s as %s is counted as nothing", (action, conclusion) => {
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

describe("a run of a pull request", () => {
  it("says what that is to be merged into", () => {
    const told = jobsOf("completed", { event: "pull_request", pull_requests: [{ number: 12, base: { ref: "release/1" } }] });

    expect(told.find(({ task }) => task === "notify-run")?.payload).toMatchObject({ pullRequest: 12, baseBranch: "release/1" });
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

  it("is told to its author where failures are followed, and is not any more when it is back", () => {
    const followed = { ...known, settings: { ...known.settings, incidents: [{ repository: "Acme/Shop" }] } } as unknown as typeof known;
    const pull = { head: { sha: "ab12cd3" }, html_url: "https://github.example/acme/shop/pull/12" };
    const of = { number: 12, repository: { full_name: "acme/shop", private: true }, pull_request: pull };
    const told = (payload: object, by = followed) => tellDequeued({ ...of, ...payload }, by);

    expect(told({ action: "dequeued", reason: "CI_FAILURE" })).toMatchObject({
      task: "pull-dequeued",
      payload: { dequeued: { number: 12, isPrivate: true, headSha: "ab12cd3", reason: "CI_FAILURE" } },
    });
    expect(told({ action: "enqueued" })?.payload).not.toHaveProperty("dequeued.reason");
    expect(told({ action: "dequeued", reason: "MERGE" })).toBeUndefined();
    expect(told({ action: "dequeued", reason: "CI_FAILURE" }, known)).toBeUndefined();
  });

  it.each(["MERGE", "ALREADY_MERGED"])("because of %s is merged, which is no bad news", (reason) => {
    expect(jobsFor(reason)).toEqual([]);
  });
});

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

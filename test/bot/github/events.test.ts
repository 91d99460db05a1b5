import { describe, expect, it } from "vitest";
import { events } from "../../../src/bot/github/events.ts";
import { Settings } from "../../../src/config/settings.ts";

const known = { guid: "guid-1", receivedAt: 1_764_000_000_000, settings: Settings.parse({}), isUs: () => false };

const aRun = { id: 7, run_attempt: 2, workflow_id: 3, name: "CI", head_sha: "ab12cd3", conclusion: "failure" };

function jobsOf(action: string, run: object) {
  const payload = { action, repository: { full_name: "acme/shop" }, workflow_run: { ...aRun, ...run } };
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
    expect(jobsOf(action, { conclusion }).map(({ task }) => task)).toEqual(["follow-run"]);
  });
});

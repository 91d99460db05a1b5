import { afterAll, beforeAll, describe, it } from "vitest";
import { openStage, type Stage } from "./stage.ts";
import { holds, type Row } from "./table.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const oneRed = { build: "success", "test (a)": "failure", "test (b)": "success" } as const;
const twoRed = { ...oneRed, "test (b)": "failure" } as const;
const failedJobs = ["POST runs/rerun-failed-jobs"];
const oneJob = ["POST jobs/rerun"];

const names: readonly Row[] = [
  {
    state: "one job has failed",
    jobs: oneRed,
    ask: "retry-job --failed #",
    outcome: "done",
    reason: "retry_running",
    says: /⏳ Retrying test \(a\) on #\d+ @[0-9a-f]{7}, attempt 2\./,
    changes: failedJobs,
    calls: 4,
  },
  {
    state: "two jobs have failed",
    jobs: twoRed,
    ask: "retry-job --failed #",
    outcome: "done",
    reason: "retry_running",
    says: /Retrying 2 failed jobs of CI on #\d+/,
    changes: failedJobs,
    calls: 3,
  },
  {
    state: "a job is named",
    jobs: twoRed,
    ask: 'retry-job "test (a)" #',
    outcome: "done",
    reason: "retry_running",
    says: "Retrying test (a) on",
    changes: oneJob,
    calls: 3,
  },
  {
    state: "a job is named with its workflow",
    jobs: twoRed,
    ask: 'retry-job "CI / test (b)" #',
    outcome: "done",
    reason: "retry_running",
    says: "Retrying test (b) on",
    changes: oneJob,
  },
  {
    state: "only one job begins so",
    jobs: { build: "failure", "test (a)": "failure" },
    ask: "retry-job TEST #",
    outcome: "done",
    reason: "retry_running",
    says: "Retrying test (a) on",
    changes: oneJob,
  },
  {
    state: "two jobs begin so",
    jobs: twoRed,
    ask: "retry-job test #",
    outcome: "invalid",
    reason: "ambiguous_job",
    says: [/2 jobs on #\d+ @[0-9a-f]{7} match “test”\. Nothing was done\. Name one of them:/, "CI / test (a)", "CI / test (b)"],
  },
  {
    state: "no job is called so",
    jobs: oneRed,
    ask: "retry-job deploy #",
    outcome: "invalid",
    reason: "unknown_job",
    says: ["is called “deploy”. There are:", "CI / build"],
  },
];

const nothing: readonly Row[] = [
  {
    state: "the job has passed",
    jobs: oneRed,
    ask: "retry-job build #",
    outcome: "not_applicable",
    reason: "not_failed",
    says: /CI \/ build passed on #\d+ @[0-9a-f]{7}: only what failed is run again\./,
  },
  {
    state: "it is another app's commit status",
    jobs: oneRed,
    given: ({ github }, pull) => github.setStatus(pull, "coverage", "failure"),
    ask: "retry-job coverage #",
    outcome: "not_applicable",
    reason: "not_an_actions_job",
    says: "coverage is not a job of GitHub Actions, so I cannot run it again. Ask the app that reports it.",
  },
  {
    state: "only another app's status is red",
    jobs: { build: "success" },
    given: ({ github }, pull) => github.setStatus(pull, "coverage", "failure"),
    ask: "retry-job --failed #",
    outcome: "not_applicable",
    reason: "nothing_to_retry",
    says: ["no job of GitHub Actions has failed. What is red there is reported by other apps, which I cannot run again.", "coverage"],
  },
  {
    state: "nothing has ever run",
    ask: "retry-job --failed #",
    outcome: "not_applicable",
    reason: "nothing_to_retry",
    says: /There is nothing to retry on #\d+ @[0-9a-f]{7}: /,
  },
  {
    state: "nothing has ever run, and a job is named",
    ask: "retry-job build #",
    outcome: "not_applicable",
    reason: "no_jobs",
    says: /There are no jobs on #\d+ @[0-9a-f]{7} yet\./,
  },
  {
    state: "all is green",
    jobs: { build: "success", "test (a)": "success" },
    ask: "retry-job --failed #",
    outcome: "not_applicable",
    reason: "nothing_to_retry",
    says: ["There is nothing to retry", "CI / test (a)"],
  },
  {
    state: "a run waits for approval",
    given: ({ github }, pull) => github.addRunToApprove(pull),
    ask: "retry-job --failed #",
    outcome: "not_applicable",
    reason: "needs_approval",
    says: "before a run from a fork is approved",
    offers: [/^approve-run nextrust\/nextrust#\d+ sha=[0-9a-f]{7}$/],
  },
  {
    state: "there is no such pull request",
    ask: "retry-job --failed nextrust/nextrust#4711",
    outcome: "not_applicable",
    reason: "target_not_found",
    says: "nextrust/nextrust has no #4711, or the bot cannot see it. Check the name and try again.",
  },
  {
    state: "no place is named",
    ask: "retry-job --failed nextrust/nextrust@",
    outcome: "not_applicable",
    reason: "nothing_to_retry",
    says: "There is nothing to retry on main",
  },
  {
    state: "the head is not what was seen",
    jobs: oneRed,
    ask: "retry-job --failed # sha=abcdef0",
    outcome: "refused",
    reason: "head_moved",
    says: /#\d+ has moved from @abcdef0 to @[0-9a-f]{7}, so nothing was done\. Ask again for the new head\./,
  },
  {
    state: "the sha is none",
    jobs: oneRed,
    ask: "retry-job --failed # sha=latest",
    outcome: "invalid",
    reason: "bad_sha",
    says: "latest",
  },
  {
    state: "both a job and --failed are typed",
    ask: "retry-job build --failed #",
    outcome: "invalid",
    reason: "job_and_failed",
    says: "Name a job or say --failed, not both",
  },
  {
    state: "whoever asks may only read",
    jobs: oneRed,
    as: "ravi",
    ask: "retry-job --failed #",
    outcome: "refused",
    reason: "role_too_low",
    says: '"retry-job" needs the role write on nextrust/nextrust; you hold read.',
  },
];

describe("/ci retry-job finds the job that", () => {
  it.each(names)("$state: $ask", (row) => holds(stage, row));
});

describe("/ci retry-job does nothing, and says why, when", () => {
  it.each(nothing)("$state: $ask", (row) => holds(stage, row));
});

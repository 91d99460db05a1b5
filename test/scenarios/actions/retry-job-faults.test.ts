import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, repository, type Stage } from "./stage.ts";
import { holds, type Row } from "./table.ts";

let stage: Stage;
/** Takes ten seconds, in which the others go on. */
let hanging: Promise<unknown>;
beforeAll(async () => {
  stage = await openStage();
  const pull = await stage.openPull(jobs);
  stage.github.fail(rerun, "hang");
  await stage.slack.slash({ as: "ada", channel: "ci", text: `retry-job --failed #${pull}` });
  await stage.until(() => stage.changes(0).length > 0);
  hanging = stage.ended(`retry-job --failed #${pull}`);
});
afterAll(() => stage.close());

const day = 24 * 60 * 60_000;
const jobs = { build: "success", test: "failure" } as const;
const rerun = /POST .*(?:rerun|rerun-failed-jobs)$/;
const says403 = (message: string) => [rerun, { status: 403, body: { message } }] as const;
const asked = { jobs, ask: "retry-job --failed #", changes: ["POST runs/rerun-failed-jobs"] } as const;
const one = { jobs, ask: "retry-job test #", changes: ["POST jobs/rerun"] } as const;
const uncertain =
  /GitHub did not say whether it retries test on #\d+ @[0-9a-f]{7}\. I watch the run and say here what came of it; look before you try again\./;

const limits: readonly Row[] = [
  {
    ...asked,
    state: "the run was run again 50 times",
    given: ({ github }, pull) => github.ageRun(pull, { attempt: 51 }),
    outcome: "not_applicable",
    reason: "too_many_attempts",
    says: "This run of CI was run again 50 times, and GitHub allows no more. Push a commit to run it anew.",
    changes: [],
  },
  {
    ...asked,
    state: "the run was run again 49 times",
    given: ({ github }, pull) => github.ageRun(pull, { attempt: 50 }),
    outcome: "done",
    reason: "retry_running",
    says: "attempt 51",
  },
  {
    ...asked,
    state: "the run is older than 30 days",
    given: ({ github }, pull) => github.ageRun(pull, { createdAt: new Date(Date.now() - 31 * day).toISOString() }),
    outcome: "not_applicable",
    reason: "too_old",
    says: "This run of CI is older than 30 days, and GitHub re-runs none that old. Push a commit to run it anew.",
    changes: [],
  },
  {
    ...asked,
    state: "GitHub's clock thinks so",
    fault: says403("Unable to retry this workflow run because it was created over a month ago"),
    outcome: "not_applicable",
    reason: "too_old",
    says: "older than 30 days",
  },
  {
    ...asked,
    state: "GitHub's count thinks so",
    fault: says403("This workflow run cannot be retried because it was already re-run 50 times"),
    outcome: "not_applicable",
    reason: "too_many_attempts",
    says: "was run again 50 times",
  },
  {
    ...asked,
    state: "the run has just begun again",
    fault: says403("This workflow is already running"),
    outcome: "queued",
    reason: "retry_waiting",
    says: /CI still runs on #\d+ @[0-9a-f]{7}\. I retry test when it ends\./,
  },
  {
    ...one,
    state: "its run has just begun again",
    fault: says403("The workflow run containing this job is already running"),
    outcome: "queued",
    reason: "retry_waiting",
    says: "I retry test when it ends.",
  },
  {
    ...asked,
    state: "GitHub can retry it no more",
    fault: says403("This workflow run cannot be retried"),
    outcome: "not_applicable",
    reason: "not_retryable",
    says: "GitHub cannot run this run of CI again. Push a commit, or start it with run if it can be started by hand.",
  },
  {
    ...asked,
    state: "the App may not",
    fault: says403("Resource not accessible by integration"),
    outcome: "refused",
    reason: "not_permitted",
    says: "it needs the permission Actions: write. Whoever manages the GitHub App can grant it; then try again.",
  },
  {
    ...asked,
    state: "GitHub forbids it in words that nobody knows",
    fault: says403("The stars are wrong"),
    outcome: "refused",
    reason: "forbidden",
    says: "GitHub refuses that for CI: “The stars are wrong”. Settle that and try again.",
  },
  ...(
    [
      [404, "not_found", "GitHub does not find this run of CI any more"],
      [410, "expired", "GitHub no longer keeps what it needs to run this run of CI again."],
      [422, "invalid", "Open it on GitHub to see why."],
    ] as const
  ).map(
    ([status, reason, says]): Row => ({
      ...one,
      state: `GitHub answers ${status}`,
      fault: [rerun, { status }],
      outcome: "not_applicable",
      reason,
      says,
    }),
  ),
];

const faults: readonly Row[] = [
  {
    ...asked,
    state: "429 with Retry-After",
    fault: [rerun, { status: 429, headers: { "retry-after": "7" } }],
    outcome: "failed",
    reason: "service_failed",
    says: "GitHub limits our requests for now. Nothing was done. Try again in 7 s.",
  },
  {
    ...asked,
    state: "a secondary limit, as a 403",
    fault: [
      rerun,
      {
        status: 403,
        body: { message: "You have exceeded a secondary rate limit.", documentation_url: "https://docs.github.com/#secondary-rate-limits" },
      },
    ],
    outcome: "failed",
    reason: "service_failed",
    says: "GitHub limits our requests for now. Nothing was done. Try again in 60 s.",
  },
  {
    ...asked,
    state: "RATE_LIMITED inside a 200, on the read",
    fault: [/PullRequestPipeline/, "rate-limited", 5],
    outcome: "failed",
    reason: "service_failed",
    says: "GitHub limits our requests for now. Nothing was done. Try again in 60 s.",
    changes: [],
  },
  {
    ...asked,
    state: "502 on the read of the runs, for good",
    fault: [/GET .*\/actions\/runs$/, { status: 502 }, 5],
    outcome: "failed",
    reason: "service_failed",
    says: "GitHub has trouble answering. Nothing was done. Try again in a minute.",
    changes: [],
  },
  { ...asked, state: "502", fault: [rerun, { status: 502 }], outcome: "uncertain", reason: "retry_asked", says: uncertain },
  { ...one, state: "no answer to the one job", fault: [rerun, "drop-after"], outcome: "uncertain", reason: "retry_asked", says: uncertain },
];

describe("/ci retry-job at GitHub's limits, when", () => {
  it.each(limits)("$state", (row) => holds(stage, row));
});

describe("/ci retry-job on a fault:", () => {
  it.each(faults)("$state", (row) => holds(stage, row));
});

describe("a retry without a clear answer", () => {
  it.each(["drop-after", { status: 502 }] as const)("is corrected when the run has begun all the same: %j", async (fault) => {
    const pull = await stage.openPull(jobs);
    const before = stage.github.calls().length;
    stage.github.fail(rerun, fault);
    const { shown } = await stage.aside("ada", `retry-job --failed ${repository}#${pull}`);
    expect(shown).toMatch(uncertain);

    // What GitHub began although it answered 502.
    if (fault !== "drop-after") await stage.rerunByHand(pull);
    await stage.github.finishRuns(pull);

    await stage.told(new RegExp(`test passed on attempt 2 · #${pull} `));
    expect(stage.changes(before)).toEqual(["POST runs/rerun-failed-jobs"]);
  });
});

describe("a retry that GitHub never began", () => {
  it("is given up after ten minutes, with what to do", async () => {
    const pull = await stage.openPull(jobs);
    stage.github.fail(rerun, { status: 502 });
    await stage.aside("ada", `retry-job --failed ${repository}#${pull}`);

    await stage.tellOfRuns(pull);
    await stage.amend(pull, { askedAt: Date.now() - 10 * 60_000 - 1 });
    await stage.tellOfRuns(pull);

    await stage.told("GitHub has not begun it within 10 minutes, so it probably never will. Look at CI before you ask again.");
  });
});

describe("a retry with debug logging", () => {
  it.each([
    { ...asked, ask: "retry-job --failed --debug #" },
    { ...one, ask: "retry-job test --debug #" },
  ])("asks GitHub for it, and says so: $ask", async (row) => {
    const bodies: unknown[] = [];
    const stop = stage.github.onExchange(({ path, requestBody }) => void (path.includes("/rerun") && bodies.push(requestBody)));

    await holds(stage, { ...row, state: "", outcome: "done", reason: "retry_running", says: "With debug logging." });
    stop();

    expect(bodies).toEqual([{ enable_debug_logging: true }]);
  });
});

describe("a retry that GitHub does not answer", () => {
  it("is uncertain when our patience ends", async () => {
    expect(await hanging).toMatchObject({ outcome: "uncertain", reason: "retry_asked" });
  });
});

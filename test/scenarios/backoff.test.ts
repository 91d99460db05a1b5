import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, repository, type Stage } from "./actions/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  stage.github.setOutcome("test", "failure");
});
afterAll(() => stage.close());

const rerun = "POST runs/rerun-failed-jobs";

/** The failures that count, of every workflow on the head. */
async function counted(pull: number): Promise<number> {
  const [run] = await stage.github.runs(pull);
  const counts = await stage.state.records.transaction(({ backoff }) => backoff.ofCommit(repository, run?.headSha ?? ""));
  return counts.reduce((sum, { failures }) => sum + failures, 0);
}

const counts = (pull: number, failures: number) =>
  expect.poll(() => counted(pull), { timeout: 15_000, message: "failures that count" }).toBe(failures);

/** A pull request whose CI failed so often on its head, each time but the first retried from Slack. */
async function failed(times: number): Promise<number> {
  const pull = await stage.openPull({ test: "failure" });
  await counts(pull, 1);
  for (let attempt = 2; attempt <= times; attempt++) {
    await stage.aside("ada", `retry-job --failed ${repository}#${pull}`);
    await stage.github.finishRuns(pull);
    await counts(pull, attempt);
    await stage.told(new RegExp(`test failed again on attempt ${attempt} · #${pull} `));
  }
  return pull;
}

const lastEnd = () =>
  stage.github.deliveries().findLast(({ event, payload }) => event === "workflow_run" && payload.action === "completed")?.guid ?? "";

describe("a commit on which a job failed", () => {
  it("three times is retried by people alone until clear-backoff, and everything says so with the way out", async () => {
    const pull = await failed(3);
    const head = await stage.head(pull);
    const before = stage.github.calls().length;
    const stopped = `CI: test failed 3 times at ${head}, so nothing retries it by itself; clear-backoff allows that again.`;
    const retry = `retry-job --failed ${repository}#${pull}`;
    const wayOut = `clear-backoff ${repository}#${pull} sha=${head}`;

    const status = await stage.aside("ada", `status ${repository}#${pull}`);
    const retried = await stage.aside("ada", retry);

    expect(status.shown).toContain(stopped);
    expect(status.buttons).toEqual([`${retry} sha=${head}`, expect.stringContaining("get-logs"), wayOut]);
    expect(retried).toMatchObject({ outcome: "done", reason: "retry_running", shown: expect.stringContaining(stopped) });
    expect(retried.buttons).toEqual([wayOut]);
    expect(stage.changes(before)).toEqual([rerun]);

    await stage.github.finishRuns(pull);
    await counts(pull, 4);
    await stage.told(new RegExp(`test failed again on attempt 4 · #${pull} `));
    const cleared = await stage.aside("ada", wayOut);
    expect(cleared).toMatchObject({ outcome: "done", reason: "cleared" });
    expect(cleared.shown).toContain(`${head} may be retried automatically again: 4 failures forgotten.`);
    expect(cleared.buttons).toEqual([`${retry} sha=${head}`]);
    // GitHub tells the last failure once more, which must not bring it back.
    await stage.github.redeliver(lastEnd());
    await stage.quiet();
    expect(await counted(pull)).toBe(0);
  });

  it("counts no more when the job passes", async () => {
    const pull = await failed(2);
    stage.github.setOutcome("test", "success");
    await stage.aside("ada", `retry-job --failed ${repository}#${pull}`);

    await stage.github.finishRuns(pull);

    await counts(pull, 0);
    stage.github.setOutcome("test", "failure");
  });

  it("twice is not stopped, although the second failure is told again and again", async () => {
    const pull = await failed(2);
    for (let time = 0; time < 3; time++) await stage.github.redeliver(lastEnd());
    await stage.quiet();

    const notStopped = await stage.aside("ada", `clear-backoff ${repository}#${pull}`);
    const retried = await stage.aside("ada", `retry-job --failed ${repository}#${pull}`);

    expect(notStopped).toMatchObject({ outcome: "not_applicable", reason: "not_stopped" });
    expect(notStopped.shown).toContain("CI: test failed there 2 times, and 3 failures of a job stop them.");
    expect(retried).toMatchObject({ outcome: "done", reason: "retry_running", shown: expect.not.stringContaining("by itself") });
  });

  it("three times begins anew with its next commit", async () => {
    const pull = await failed(3);

    await stage.github.push(pull);
    await stage.github.setJob(pull, "test", "failure");
    await stage.github.finishRuns(pull);
    await counts(pull, 1);

    const { shown } = await stage.aside("ada", `status ${repository}#${pull}`);
    expect(shown).not.toContain("by itself");
  });

  it("for the third time while a retry waited for its end is retried all the same", async () => {
    const pull = await failed(2);
    await stage.rerunByHand(pull);
    await stage.github.setJob(pull, "build", "in_progress");
    await stage.github.setJob(pull, "test", "failure");
    const before = stage.github.calls().length;
    expect(await stage.aside("ada", `retry-job test ${repository}#${pull}`)).toMatchObject({ reason: "retry_waiting" });

    await stage.github.finishRuns(pull);

    await counts(pull, 3);
    await stage.until(() => stage.changes(before).length > 0);
    expect(stage.changes(before)).toEqual([rerun.replace("runs/rerun-failed-jobs", "jobs/rerun")]);
  });
});

describe("a run that was cancelled", () => {
  it("counts as no failure", async () => {
    const pull = await stage.openPull({ test: "in_progress" });
    await stage.cancelByHand((await stage.github.runs(pull)).map(({ id }) => id));
    await stage.github.finishRuns(pull);
    await stage.quiet();

    expect(await counted(pull)).toBe(0);
  });
});

describe("/ci clear-backoff", () => {
  it("is for those who may write", async () => {
    const pull = await failed(1);

    expect(await stage.aside("ravi", `clear-backoff ${repository}#${pull}`)).toMatchObject({ outcome: "refused", reason: "role_too_low" });
  });

  it("changes nothing in a frozen repository", async () => {
    const pull = await failed(3);
    await stage.aside("grace", `freeze ${repository}@`);

    const refused = await stage.aside("ada", `clear-backoff ${repository}#${pull}`);
    await stage.aside("grace", `unfreeze ${repository}@`);

    expect(refused).toMatchObject({ outcome: "refused", reason: "frozen" });
    expect(await counted(pull)).toBe(3);
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, repository, type Stage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const failedJobs = "POST runs/rerun-failed-jobs";
const red = { build: "success", test: "failure" } as const;
const answers = async (pull: number) => (await stage.github.comments(pull)).filter(({ author }) => author === stage.github.bot.login);

describe("the sweep", () => {
  it("asks again for a comment that was lost, which is then answered once", async () => {
    const pull = await stage.openPull(red);
    stage.github.disturbDeliveries({ drop: 1 });
    await stage.github.comment("ada", pull, "/ci-status");
    expect(await answers(pull)).toEqual([]);

    await stage.sweep();
    await stage.commented(pull, /test failed/);
    await stage.sweep();

    await stage.quiet();
    expect(await answers(pull)).toHaveLength(1);
  });

  it("tells a run's end whose deliveries were all lost", async () => {
    const pull = await stage.openPull(red);
    await stage.aside("ada", `retry-job --failed ${repository}#${pull}`);
    stage.github.disturbDeliveries({ drop: 1_000 });
    await stage.github.finishRuns(pull);
    stage.github.disturbDeliveries({});

    await stage.sweep();

    await stage.told(new RegExp(`test passed on attempt 2 · #${pull} @`));
  });

  it("sets a retry going whose run ended unheard", async () => {
    const pull = await stage.openPull({ build: "in_progress", test: "failure" });
    const before = stage.github.calls().length;
    await stage.aside("ada", `retry-job --failed ${repository}#${pull}`);
    stage.github.disturbDeliveries({ drop: 1_000 });
    await stage.github.finishRuns(pull);
    stage.github.disturbDeliveries({});

    await stage.sweep();

    await stage.until(() => stage.changes(before).length > 0);
    await stage.github.finishRuns(pull);
    await stage.told(new RegExp(`test passed on attempt 2 · #${pull} @`));
    expect(stage.changes(before)).toEqual([failedJobs]);
  });
});

describe("deliveries that come twice and out of order", () => {
  it("change nothing: one re-run, one answer, the right end", async () => {
    const pull = await stage.openPull({ build: "in_progress", test: "failure" });
    const before = stage.github.calls().length;
    stage.github.disturbDeliveries({ duplicate: true, reorder: true });

    await stage.github.comment("ada", pull, "/ci-retry-job --failed");
    await stage.commented(pull, /I retry test when it ends\./);
    await stage.github.finishRuns(pull);
    await stage.until(() => stage.changes(before).length > 0);
    await stage.github.finishRuns(pull);
    stage.github.disturbDeliveries({});

    await stage.commented(pull, new RegExp(`test passed on attempt 2 · #${pull} @`));
    await stage.quiet();
    expect(stage.changes(before)).toEqual([failedJobs]);
    expect(await answers(pull)).toHaveLength(1);
  });
});

describe("a comment that arrives long after it was written", () => {
  async function deliverLate(pull: number, body: string, minutes: number): Promise<void> {
    await stage.github.comment("ada", pull, `about ${body}`);
    const { payload } = stage.github.deliveries().findLast(({ event }) => event === "issue_comment") ?? { payload: {} };
    const { comment } = payload as { comment: { id: number } };
    const created_at = new Date(Date.now() - minutes * 60_000).toISOString();
    await stage.github.deliver("issue_comment", { ...payload, comment: { ...comment, id: comment.id + 5_000, body, created_at } });
  }

  it("changes nothing any more, and says so", async () => {
    const pull = await stage.openPull(red);
    const before = stage.github.calls().length;

    await deliverLate(pull, "/ci-retry-job --failed", 31);

    await stage.commented(pull, "This reached me 31 minutes after you wrote it, so nothing was done. Ask again if you still want it.");
    expect(await stage.ended("retry-job --failed")).toMatchObject({ outcome: "refused", reason: "too_late" });
    expect(stage.changes(before)).toEqual([]);
  });

  it.each([
    ["/ci-retry-job --failed", 29, /Retrying test/],
    ["/ci-status", 31, /test failed/],
  ])("is done all the same when it is %s, %i minutes late", async (body, minutes, words) => {
    const pull = await stage.openPull(red);

    await deliverLate(pull, body, minutes);

    await stage.commented(pull, words);
  });
});

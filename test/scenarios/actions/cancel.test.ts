import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, repository, type Stage } from "./stage.ts";
import { holds, type Row } from "./table.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const going = { build: "in_progress" } as const;
const alsoNightly = (on: Stage, pull: number) => on.startByHand("nightly.yml", pull);

const table: readonly Row[] = [
  {
    state: "one workflow runs",
    jobs: going,
    ask: "cancel #",
    outcome: "done",
    reason: "cancel_running",
    says: /Cancelling CI on #\d+ @[0-9a-f]{7}\./,
    changes: ["POST runs/cancel"],
    calls: 4,
  },
  {
    state: "two workflows run",
    jobs: going,
    given: alsoNightly,
    ask: "cancel #",
    outcome: "done",
    reason: "cancel_running",
    says: [/2 workflows on #\d+ @[0-9a-f]{7}: 2 under way/, "Cancelling Nightly"],
    changes: ["POST runs/cancel", "POST runs/cancel"],
  },
  {
    state: "two workflows run, and one is named",
    jobs: going,
    given: alsoNightly,
    ask: "cancel night #",
    outcome: "done",
    reason: "cancel_running",
    says: "Cancelling Nightly on",
    changes: ["POST runs/cancel"],
  },
  {
    state: "another workflow is named than the one that runs",
    jobs: going,
    ask: "cancel Nightly #",
    outcome: "invalid",
    reason: "unknown_workflow",
    says: [/No workflow that runs on #\d+ @[0-9a-f]{7} is called “Nightly”\. There are:/, "CI"],
  },
  {
    state: "nothing runs",
    jobs: { build: "success" },
    ask: "cancel #",
    outcome: "not_applicable",
    reason: "nothing_runs",
    says: /Nothing runs on #\d+ @[0-9a-f]{7}, so there is nothing to cancel\./,
    calls: 3,
  },
  {
    state: "a run from a fork waits for approval",
    given: ({ github }, pull) => github.addRunToApprove(pull),
    ask: "cancel #",
    outcome: "not_applicable",
    reason: "nothing_runs",
    says: "so there is nothing to cancel",
  },
  {
    state: "the run ends just before",
    jobs: going,
    ask: "cancel #",
    fault: [/POST .*\/cancel$/, { status: 409, body: { message: "Cannot cancel a workflow run that is completed." } }],
    outcome: "not_applicable",
    reason: "already_over",
    says: "CI had ended before it could be cancelled.",
    changes: ["POST runs/cancel"],
  },
  {
    state: "the App may not",
    jobs: going,
    ask: "cancel #",
    fault: [/POST .*\/cancel$/, { status: 403, body: { message: "Resource not accessible by integration" } }],
    outcome: "refused",
    reason: "not_permitted",
    says: "it needs the permission Actions: write.",
    changes: ["POST runs/cancel"],
  },
  {
    state: "GitHub gives no answer",
    jobs: going,
    ask: "cancel #",
    fault: [/POST .*\/cancel$/, { status: 502 }],
    outcome: "uncertain",
    reason: "cancel_asked",
    says: /GitHub did not say whether it cancels CI on #\d+ @[0-9a-f]{7}\. I watch the run and say here what came of it; look before you try again\./,
    changes: ["POST runs/cancel"],
  },
  {
    state: "whoever asks may only read",
    jobs: going,
    as: "ravi",
    ask: "cancel #",
    outcome: "refused",
    reason: "role_too_low",
    says: '"cancel" needs the role write',
  },
];

describe("/ci cancel when", () => {
  it.each(table)("$state: $ask", (row) => holds(stage, row));

  it("the run stops says so, and the run that ended just before it could be stopped says how", async () => {
    const [stopped, ended] = [await stage.openPull(going), await stage.openPull(going)];
    await stage.aside("ada", `cancel ${repository}#${stopped}`);
    await stage.told(new RegExp(`CI on #${stopped} @[0-9a-f]{7} is cancelled\\.`));

    stage.github.fail(/POST .*\/cancel$/, { status: 502 });
    await stage.aside("ada", `cancel ${repository}#${ended}`);
    await stage.github.finishRuns(ended);

    await stage.told(new RegExp(`CI on #${ended} @[0-9a-f]{7} had passed before it could be cancelled\\.`));
  });
});

describe("a cancel and the retries that wait for the run", () => {
  const alsoRed = { build: "in_progress", test: "failure" } as const;
  const [rerun, stop] = ["POST runs/rerun-failed-jobs", "POST runs/cancel"];

  it("leaves them be when GitHub refuses it", async () => {
    const pull = await stage.openPull(alsoRed);
    const before = stage.github.calls().length;
    await stage.aside("ada", `retry-job --failed ${repository}#${pull}`);
    stage.github.fail(/POST .*\/cancel$/, { status: 403, body: { message: "Resource not accessible by integration" } });

    expect(await stage.aside("ada", `cancel ${repository}#${pull}`)).toMatchObject({ outcome: "refused", reason: "not_permitted" });
    await stage.github.finishRuns(pull);
    await stage.until(() => stage.changes(before).length === 2);
    await stage.github.finishRuns(pull);

    await stage.told(new RegExp(`test passed on attempt 2 · #${pull} @`));
    expect(stage.changes(before)).toEqual([stop, rerun]);
  });

  it("in one comment end with both answers true", async () => {
    const pull = await stage.openPull(alsoRed);
    const before = stage.github.calls().length;

    await stage.world.comment("ada", pull, "/ci-retry-job test\n/ci-cancel");

    const said = await stage.commented(pull, new RegExp(`CI on #${pull} @\\S+ is cancelled`));
    expect(said).toContain("ada cancelled CI, so nothing is retried when it ends");
    expect(said).not.toContain("I retry test when it ends");
    await stage.quiet();
    expect(stage.changes(before)).toEqual([stop]);
  });
});

describe("/ci freeze", () => {
  it("refuses on both surfaces what would change something, answers questions, and ends by unfreeze", async () => {
    const pull = await stage.openPull({ build: "failure" });
    const before = stage.github.calls().length;
    const say = async (as: "ada" | "grace", body: string) => stage.world.comment(as, pull, body);

    expect(await stage.aside("ada", `freeze ${repository}@`)).toMatchObject({ outcome: "refused", reason: "role_too_low" });
    const frozen = await say("grace", "/ci-unfreeze\n/ci-freeze -- release 1.2\n/ci-freeze\n/ci-retry-job --failed");
    expect(frozen).toContain("nextrust/nextrust is not frozen.");
    expect(frozen).toContain(
      "grace froze nextrust/nextrust: release 1.2. I answer questions about it and change nothing, until an admin says /ci-unfreeze.",
    );
    const why =
      /nextrust\/nextrust is frozen since [\d-]+ [\d:]+ UTC by grace \(release 1\.2\): I only answer questions about it\. An admin can end that with unfreeze\./;
    expect(frozen.match(new RegExp(why, "g"))).toHaveLength(2);
    for (const ask of ["retry-job --failed", "cancel", "approve-run", "run nightly"]) {
      expect(await stage.aside("ada", `${ask} ${repository}#${pull}`), ask).toMatchObject({
        outcome: "refused",
        reason: "frozen",
        shown: expect.stringMatching(why),
      });
    }
    expect((await stage.aside("ada", `status ${repository}#${pull}`)).shown).toMatch(
      /build failed[\s\S]*frozen by grace \(release 1\.2\)[\s\S]*Since: /,
    );
    expect(await stage.aside("ada", `get-logs ${repository}#${pull}`)).toMatchObject({ outcome: "done" });
    expect(stage.changes(before)).toEqual([]);

    expect(await say("grace", "/ci-unfreeze")).toContain("grace ended the freeze of nextrust/nextrust.");
    expect(await stage.aside("ada", `retry-job --failed ${repository}#${pull} sha=${await stage.head(pull)}`)).toMatchObject({
      outcome: "done",
    });
  });
});

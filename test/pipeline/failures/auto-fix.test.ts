import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openEmbedded } from "../../../src/state/embedded/open.ts";
import { embeddedPlace, type State } from "../../contracts/place.ts";
import { aRunOnGitHub, away, unanswered } from "../operations/a-run.ts";
import { aFailedJob, aFollowed, fixing, issue, starts } from "./fixing.ts";

let state: State;
beforeEach(async () => {
  state = await openEmbedded({ file: ":memory:", random: () => 0.05, timing: { pollMs: 5 } });
});
afterEach(async () => {
  await state.worker.stop(0);
  await state.close();
});

const bot = (...more: Parameters<typeof fixing> extends [unknown, ...infer More] ? More : never) => fixing(() => state, ...more);
const audited = () => state.records.transaction(async ({ audit }) => (await audit.latest(9)).map(({ reason }) => reason).toReversed());
const retryOf = (sha = "ab12cd3") => `retry-job test acme/shop@main sha=${sha}`;

describe("a job that failed from a known issue", () => {
  it("is retried by itself, in the bot's own name, and whether that helped is counted", async () => {
    const { tell, work, end, github, counts } = bot();

    const decisions = await tell();
    await work();
    await end("passed", 2);

    expect(decisions).toEqual([{ kind: "began", text: `Retried by itself: known issue ${issue} in test.` }]);
    expect(github.asked).toEqual(["rerun"]);
    expect(await counts(issue)).toMatchObject({ occurrences: 1, fixesTried: 1, fixesSucceeded: 1, fixesFailed: 0 });
    expect(await audited()).toEqual(["auto_fix_began", "retry_passed"]);
    const [last] = await state.records.transaction(({ audit }) => audit.latest(1));
    expect(last).toMatchObject({ actor: "nextrust", actorName: "NeXTRust CI", command: "retry-job" });
  });

  it("is retried once for its commit, however often and by however many it is told, and not when it fails again", async () => {
    const { tell, work, end, github, counts } = bot();

    const told = await Promise.all([tell(), tell()]);
    await work();
    await tell();
    await work();
    await end("failed", 2);
    const again = await tell({ attempt: 2 });
    await work();

    expect(told.flat().map(({ kind }) => kind)).toEqual(["began", "began"]);
    expect(again).toMatchObject([{ kind: "not_again", action: { command: retryOf() } }]);
    expect(github.asked).toEqual(["rerun"]);
    expect(await counts(issue)).toMatchObject({ occurrences: 2, fixesTried: 1, fixesSucceeded: 0, fixesFailed: 1 });
  });

  it("is not retried for ever where its name is another one in each attempt", async () => {
    const { tell, work, end, github, services } = bot();
    const { jobs } = services.runs;
    const named = (attempt: number) => `test (attempt ${attempt})`;
    services.runs.jobs = async (...of) => (await jobs(...of)).map((job) => ({ ...job, name: named(job.attempt) }));

    const kinds = [];
    for (const attempt of [1, 2, 3, 4]) {
      if (attempt > 1) await end("failed", attempt);
      kinds.push(...(await tell({ attempt }, [aFailedJob(named(attempt))])).map(({ kind }) => kind));
      await work();
    }

    expect(kinds).toEqual(["began", "began", "not_again", "not_again"]);
    expect(github.asked).toEqual(["rerun", "rerun"]);
  });

  it("is retried once although the bot dies after it was begun, and goes on when it is back", async () => {
    const place = await embeddedPlace();
    let present = await place.open();
    const { tell, work, github } = fixing(() => present);
    await tell();
    await present.close();

    present = await place.open({ pollMs: 5 });
    const decisions = await tell();
    await work();

    expect(decisions).toMatchObject([{ kind: "began" }]);
    expect(github.asked).toEqual(["rerun"]);
    await place.remove();
  });

  it.each([
    ["did not say whether it took it", unanswered, ["rerun", "rerun"]],
    ["could not be reached", away, ["rerun", "rerun"]],
    ["refused it", { because: "too_old", said: "no" } as const, ["rerun"]],
  ])("is asked for until GitHub has answered, when it %s", async (_, first, asked) => {
    const { tell, work, github } = bot();
    await tell();
    github.answerWith(first);
    await work();
    github.answerWith(undefined);

    await expect.poll(() => github.asked).toEqual(asked);
    await work();
    expect((await audited()).slice(1)).toEqual(asked.length === 1 ? ["too_old"] : []);
  });

  it("is not retried where its run goes again already", async () => {
    const { tell, work, github } = bot(aFollowed(), aRunOnGitHub({ attempt: 2 }));

    expect(await tell()).toMatchObject([{ kind: "not_again" }]);
    await work();
    expect(github.asked).toEqual([]);
  });

  it("is retried alone when others failed beside it", async () => {
    const { tell, work } = bot();
    const { known: _, ...unknown } = aFailedJob("lint");

    await tell({}, [aFailedJob(), unknown]);
    const [operation] = await state.records.transaction(({ operations }) => operations.openOf("acme/shop", 7));
    await work();

    expect(operation?.wish).toMatchObject({ oneJob: true, jobs: ["test"] });
  });

  it("is one retry with all others of which something is known", async () => {
    const { tell, work, github, counts } = bot();

    const decisions = await tell({}, [aFailedJob(), aFailedJob("lint")]);
    await work();

    expect(decisions).toEqual([{ kind: "began", text: `Retried by itself: known issue ${issue} in test, lint.` }]);
    expect(github.asked).toEqual(["rerun"]);
    expect(await counts(issue)).toMatchObject({ occurrences: 1, fixesTried: 2 });
  });
});

describe("nothing is retried by itself", () => {
  const stopped = "CI: test failed 3 times at ab12cd3, so nothing retries it by itself; clear-backoff allows that again.";
  const leftToPeople = `Another attempt may help, but the settings leave that to people: known issue ${issue} in test.`;
  const suggested = `I would retry it: known issue ${issue} in test.`;

  it.each([
    ["where the settings only suggest", aFollowed({ mode: "suggest" }), aFailedJob(), "suggested", suggested],
    ["where the settings do not allow it", aFollowed({ retry: false }), aFailedJob(), "not_allowed", leftToPeople],
    ["that is not sure enough", aFollowed(), aFailedJob("test", { type: "retry", script: "", confidence: 0.79 }), "suggested", suggested],
  ] as const)("%s, but offered to people", async (_, followed, job, kind, text) => {
    const { tell, work, github } = bot(followed);

    expect(await tell({}, [job])).toEqual([{ kind, text, action: { label: "Retry failed jobs", command: retryOf(), style: "primary" } }]);
    await work();
    expect(github.asked).toEqual([]);
  });

  it("from the third failure of the commit on", async () => {
    const { tell, work, github, fails } = bot();
    await fails(2);

    // The third failure is this one, of which nobody has told yet.
    expect(await tell()).toMatchObject([{ kind: "stopped", text: stopped, action: { command: retryOf() } }]);
    await work();
    expect(github.asked).toEqual([]);
  });

  it("in a frozen repository", async () => {
    const { tell } = bot();
    await state.records.transaction(({ freezes }) => freezes.put({ repository: "acme/shop", by: "grace", intent: "f", since: 0 }));

    expect(await tell()).toMatchObject([{ kind: "not_allowed", text: expect.stringContaining("acme/shop is frozen") }]);
  });

  it("when the branch has moved on", async () => {
    const { tell } = bot();

    expect(await tell({ headSha: "ffff" })).toMatchObject([{ kind: "not_allowed", text: expect.stringContaining("main has moved") }]);
  });

  it("where the issue is for people, or the repository is not followed", async () => {
    const manual = aFailedJob("test", { type: "manual", script: "rm -rf /", confidence: 1 });

    expect(await bot().tell({}, [manual])).toEqual([]);
    expect(await bot({ ...aFollowed(), repository: "acme/other" }).tell()).toEqual([]);
  });
});

describe("a known issue with a workflow", () => {
  const job = aFailedJob("test", starts);

  it("has it started once on the branch, and whether its run passed is counted", async () => {
    const { tell, work, dispatched, counts, follow } = bot();

    const decisions = [...(await tell({}, [job])), ...(await tell({}, [job]))];
    await work();
    await tell({}, [job]);
    await work();
    await follow({ runId: 98, conclusion: "failure" });
    await follow({ runId: 99, conclusion: "success" });

    const began = { kind: "began", text: `Started clear.yml by itself: known issue ${issue} in test.` };
    expect(decisions).toEqual([began, began]);
    expect(dispatched).toEqual(["9 on main"]);
    expect(await counts(issue)).toMatchObject({ occurrences: 1, fixesTried: 1, fixesSucceeded: 1, fixesFailed: 0 });
  });

  it.each([
    ["for a fork", aFollowed(), { headRepository: "mallory/shop" }, "nothing is started for a fork"],
    ["that is not on the list", aFollowed({ workflows: ["other.yml"] }), {}, "the settings leave that to people"],
  ] as const)("has nothing started %s", async (_, followed, changes, why) => {
    const { tell, work, dispatched } = bot(followed);

    expect(await tell(changes, [job])).toMatchObject([{ kind: "not_allowed", text: expect.stringContaining(why) }]);
    await work();
    expect(dispatched).toEqual([]);
  });

  it("does not start the workflow that failed", async () => {
    const { tell, work, dispatched } = bot();

    expect(await tell({ workflowId: 9 }, [job])).toMatchObject([
      { kind: "not_allowed", text: expect.stringContaining("it is what failed") },
    ]);
    await work();
    expect(dispatched).toEqual([]);
  });

  it("has nothing started that cannot be started by hand", async () => {
    const { tell, services } = bot();
    services.workflows.list = async () => [];

    expect(await tell({}, [job])).toEqual([{ kind: "not_allowed", text: "clear.yml cannot be started by hand on main, so it was not." }]);
  });
});

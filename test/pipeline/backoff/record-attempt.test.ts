import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UserError } from "../../../src/errors.ts";
import { backoffOfCommit } from "../../../src/pipeline/backoff/of-commit.ts";
import { type EndedAttempt, recordAttempt } from "../../../src/pipeline/backoff/record-attempt.ts";
import { createRecordAttempt, toRecordAttempt } from "../../../src/pipeline/backoff/record-attempt-task.ts";
import type { RunJob } from "../../../src/pipeline/runs.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";
import { aRunOnGitHub } from "../operations/a-run.ts";

const at = 1_764_000_000_000;
const repository = "acme/shop";
const headSha = "ab12cd3";
const aJob = (changes: Partial<RunJob>): RunJob => ({
  id: 1,
  name: "test",
  state: "failed",
  isOver: true,
  attempt: 1,
  endedAt: at,
  url: "",
  ...changes,
});
const ended = (changes: Partial<EndedAttempt> = {}): EndedAttempt => ({
  repository,
  headSha,
  workflow: { id: 3, name: "CI" },
  runId: 7,
  attempt: 1,
  hasFailed: true,
  heardAt: at,
  ...changes,
});

let state: EmbeddedState;
beforeEach(async () => {
  state = await openEmbedded({ file: ":memory:", now: () => at });
});
afterEach(() => state.close());

/** Run 7, of which each attempt left these jobs; how often its jobs were asked for is kept. */
function aRunOf(...attempts: readonly (readonly RunJob[])[]) {
  const asked: (number | undefined)[] = [];
  const jobs = async (_: string, __: number, attempt?: number) => {
    asked.push(attempt);
    return attempts[(attempt ?? attempts.length) - 1] ?? [];
  };
  return { asked, services: { records: state.records, runs: { ...aRunOnGitHub().services.runs, jobs } } };
}

const counts = async (on = repository) =>
  (await backoffOfCommit(on, headSha, state)).jobs.map(({ workflow, job, failures }) => `${workflow.name}: ${job} ${failures}`);

describe("the end of an attempt", () => {
  it("counts its own failed jobs, not those of earlier attempts that did not run again", async () => {
    const { services } = aRunOf([aJob({}), aJob({ name: "lint" })], [aJob({}), aJob({ name: "build", attempt: 2 })]);

    await recordAttempt(ended({ attempt: 2 }), services);

    expect(await counts()).toEqual(["CI: build 1"]);
  });

  it("counts what failed in it although the next attempt goes already", async () => {
    const { services } = aRunOf([aJob({})], [aJob({ attempt: 2, state: "running", isOver: false })]);

    await recordAttempt(ended(), services);

    expect(await counts()).toEqual(["CI: test 1"]);
  });

  it("asks GitHub nothing when it passed and nothing of its workflow is counted", async () => {
    const { services, asked } = aRunOf([aJob({ state: "passed" })]);
    await state.records.transaction(({ backoff }) =>
      backoff.add([{ ...ended(), workflow: { id: 4, name: "Nightly" }, job: "soak", hasPassed: false, endedAt: at }]),
    );

    await recordAttempt(ended({ hasFailed: false }), services);

    expect(asked).toEqual([]);
  });

  it("by somebody who cancelled it counts no failure, and what passed before resets", async () => {
    const { services } = aRunOf(
      [aJob({}), aJob({ name: "lint" })],
      [aJob({ attempt: 2 }), aJob({ name: "lint", attempt: 2, state: "passed" })],
    );
    await recordAttempt(ended(), services);

    await recordAttempt(ended({ attempt: 2, hasFailed: false }), services);

    expect(await counts()).toEqual(["CI: test 1"]);
  });

  it("stops automatic retries of the commit from the third failure of a job on, in words that name it", async () => {
    const { services } = aRunOf(...[1, 2, 3].map((attempt) => [aJob({ attempt })]));
    const stopped = async () => (await backoffOfCommit(repository, headSha, state)).stopped;

    for (const attempt of [1, 2]) await recordAttempt(ended({ attempt }), services);
    expect(await stopped()).toBeUndefined();
    await recordAttempt(ended({ attempt: 3 }), services);

    expect(await stopped()).toBe("CI: test failed 3 times at ab12cd3, so nothing retries it by itself; clear-backoff allows that again.");
  });

  it("is one job of the run's lane for any number of deliveries", () => {
    expect(toRecordAttempt(ended({ repository: "Acme/Shop" }))).toMatchObject({ id: "ended:acme/shop:7:1", lane: "run:7" });
  });

  it("is dropped where the App was taken off the repository", async () => {
    const { services } = aRunOf();
    const gone = async () => {
      throw new UserError("not_applicable", "not_installed", "Not installed.");
    };
    const handle = createRecordAttempt({ ...services, runs: { ...services.runs, jobs: gone } });

    await handle({ id: "1", task: "t", payload: toRecordAttempt(ended()).payload, attempt: 1, signal: new AbortController().signal });

    expect(await counts()).toEqual([]);
  });

  it("leaves the same counts in whatever order and however often the ends of a run are told", async () => {
    const results = fc.array(fc.record({ test: fc.boolean(), lint: fc.boolean() }), { minLength: 1, maxLength: 5 });
    const story = results.chain((attempts) => {
      const numbers = attempts.map((_, index) => index + 1);
      const inAnyOrder = fc.shuffledSubarray(numbers, { minLength: numbers.length });
      const again = fc.array(fc.constantFrom(...numbers), { maxLength: 3 });
      return fc.tuple(fc.constant(attempts), inAnyOrder, again, fc.boolean());
    });
    let turn = 0;

    await fc.assert(
      fc.asyncProperty(story, async ([attempts, inAnyOrder, again, isPrompt]) => {
        const on = `acme/story-${turn++}`;
        const jobs = attempts.map((results, index) =>
          Object.entries(results).map(([name, hasPassed]) =>
            aJob({ name, attempt: index + 1, endedAt: at + index, state: hasPassed ? "passed" : "failed" }),
          ),
        );
        let begun = 0;

        for (const attempt of [...inAnyOrder, ...again]) {
          begun = Math.max(begun, attempt);
          const { services } = aRunOf(...(isPrompt ? jobs.slice(0, begun) : jobs));
          const hasFailed = Object.values(attempts[attempt - 1] ?? {}).includes(false);
          await recordAttempt(ended({ repository: on, attempt, hasFailed }), services);
        }

        const failures = (name: "test" | "lint") => attempts.length - 1 - attempts.findLastIndex((attempt) => attempt[name]);
        const model = (["lint", "test"] as const).filter((name) => failures(name) > 0).map((name) => `CI: ${name} ${failures(name)}`);
        expect(await counts(on)).toEqual(model);
      }),
      { numRuns: 25 },
    );
  });
});

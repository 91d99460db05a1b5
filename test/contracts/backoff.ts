import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Backoff, JobEnd } from "../../src/pipeline/backoff/backoff.ts";
import type { Place, State } from "./place.ts";

const headSha = "ab12cd3".padEnd(40, "0");
const ci = { id: 3, name: "CI" };
const at = 1_764_000_000_000;
export const aJobEnd = (changes: Partial<JobEnd> = {}): JobEnd => ({
  repository: "Acme/Shop",
  headSha,
  workflow: ci,
  runId: 7,
  attempt: 1,
  job: "test",
  hasPassed: false,
  endedAt: at,
  ...changes,
});

/** Run by every adapter of the port. */
export function backoffContract(create: () => Promise<Place>): void {
  describe("backoff", () => {
    let place: Place;
    let state: State;

    beforeEach(async () => {
      place = await create();
      state = await place.open();
    });

    afterEach(() => place.remove());

    const ask = <T>(work: (backoff: Backoff) => Promise<T>, on = state) => on.records.transaction((tx) => work(tx.backoff));
    const tell = (...ends: readonly Partial<JobEnd>[]) => ask((backoff) => backoff.add(ends.map(aJobEnd)));
    const count = (repository = "acme/SHOP", sha = headSha) => ask((backoff) => backoff.ofCommit(repository, sha));
    const ofTest = (failures: number) => ({ workflow: ci, job: "test", failures });

    it("counts the attempts in which each job failed, by workflow and name", async () => {
      const nightly = { id: 4, name: "Nightly" };
      await tell({}, { attempt: 2 }, { runId: 8 }, { job: "lint" }, { runId: 9, workflow: nightly });

      expect(await count()).toEqual([
        { workflow: ci, job: "lint", failures: 1 },
        ofTest(3),
        { workflow: nightly, job: "test", failures: 1 },
      ]);
    });

    it("counts an attempt once, however often and in whatever case it is told, by two processes at once", async () => {
      const other = await place.open();
      const told = [aJobEnd(), aJobEnd(), aJobEnd({ repository: "acme/shop", endedAt: at + 1 })];

      await Promise.all([state, other].map((each) => ask((backoff) => backoff.add(told), each)));

      expect(await count()).toEqual([ofTest(1)]);
    });

    it("counts neither other commits nor other repositories", async () => {
      await tell({ headSha: "f".repeat(40) }, { repository: "acme/other", runId: 9 });

      expect(await count()).toEqual([]);
    });

    it("takes nothing when nothing is told", async () => {
      await tell();

      expect(await count()).toEqual([]);
    });

    it("takes a job's name as failed where the run has two of it and they differ", async () => {
      await tell({}, { hasPassed: true });
      await tell({ runId: 8, hasPassed: true });
      await tell({ runId: 8 });

      expect(await count()).toEqual([ofTest(2)]);
    });

    it.each([
      ["a later attempt", { attempt: 2, endedAt: at + 1 }, []],
      ["another run of the workflow later", { runId: 6, endedAt: at + 1 }, []],
      ["another run of the workflow before", { runId: 6, endedAt: at - 1 }, [ofTest(1)]],
      ["a run of another workflow", { runId: 8, workflow: { id: 4, name: "CI" }, endedAt: at + 1 }, [ofTest(1)]],
      ["another job", { attempt: 2, job: "lint", endedAt: at + 1 }, [ofTest(1)]],
      ["another commit", { runId: 8, headSha: "f".repeat(40), endedAt: at + 1 }, [ofTest(1)]],
    ] as const)("after success in %s counts accordingly, whichever is told first", async (_, passed, left) => {
      const story = [{}, { ...passed, hasPassed: true }];
      for (const end of story) await tell({ ...end, repository: "acme/forth" });
      for (const end of story.toReversed()) await tell({ ...end, repository: "acme/back" });

      expect(await count("acme/forth")).toEqual(left);
      expect(await count("acme/back")).toEqual(left);
    });

    it("counts anew after a success", async () => {
      await tell({}, { attempt: 2, hasPassed: true, endedAt: at + 1 }, { attempt: 3, endedAt: at + 2 });

      expect(await count()).toEqual([ofTest(1)]);
    });

    it("forgets all of the commit that is cleared, says how much counted, and does not take it back", async () => {
      const reset = [
        { job: "lint", runId: 9 },
        { job: "lint", runId: 9, attempt: 2, hasPassed: true },
      ];
      await tell({}, { attempt: 2 }, { job: "build" }, { runId: 8, headSha: "f".repeat(40) }, ...reset);

      expect(await ask((backoff) => backoff.clear("acme/shop", headSha))).toBe(3);
      await tell({}, { attempt: 2 });
      expect(await count()).toEqual([]);
      expect(await ask((backoff) => backoff.clear("acme/shop", headSha))).toBe(0);
      expect(await count("acme/shop", "f".repeat(40))).toEqual([ofTest(1)]);

      await tell({ attempt: 3 });
      expect(await count()).toEqual([ofTest(1)]);
    });

    it("counts as a simple model does, in whatever order and however often it is told", async () => {
      const attempt = fc.record({
        runId: fc.integer({ min: 1, max: 3 }),
        attempt: fc.integer({ min: 1, max: 4 }),
        job: fc.constantFrom("test", "lint"),
        hasPassed: fc.boolean(),
      });
      const story = fc
        .uniqueArray(attempt, { maxLength: 12, selector: ({ runId, attempt: number, job }) => `${runId} ${number} ${job}` })
        // GitHub's clock: the attempts of a run follow each other, those of different runs may overlap.
        .map((ends) => ends.map((end) => aJobEnd({ ...end, endedAt: at + end.attempt * 10 + end.runId })))
        .chain((ends) => fc.tuple(fc.constant(ends), fc.shuffledSubarray([...ends, ...ends], { minLength: ends.length * 2 })));
      let turn = 0;

      await fc.assert(
        fc.asyncProperty(story, async ([ends, told]) => {
          const repository = `acme/story-${turn++}`;
          await ask(async (backoff) => {
            for (const end of told) await backoff.add([{ ...end, repository }]);
          });

          const counts = await count(repository);

          expect(Object.fromEntries(counts.map(({ job, failures }) => [job, failures]))).toEqual(modelOf(ends));
        }),
        { numRuns: 25 },
      );
    });
  });
}

/** What really happened, in its order: a failure adds one, a success begins anew. */
function modelOf(ends: readonly JobEnd[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { job, hasPassed } of ends.toSorted((one, other) => one.endedAt - other.endedAt)) {
    if (hasPassed) delete counts[job];
    else counts[job] = (counts[job] ?? 0) + 1;
  }
  return counts;
}

import { assert, asyncProperty, constantFrom, integer, option, record, shuffledSubarray, uniqueArray } from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type RunnerJob, type RunnerKey, type RunnerMinutes, runnerKeys } from "../../src/pipeline/runner-minutes/runner-minutes.ts";
import type { Place, State } from "./place.ts";

const minute = 60_000;
const at = Date.parse("2026-11-20T10:00:00Z");
const sha = (letter: string) => letter.repeat(40);

export const aRunnerJob = (changes: Partial<RunnerJob> = {}): RunnerJob => ({
  repository: "Acme/Shop",
  runId: 7,
  attempt: 1,
  jobId: 70,
  name: "test",
  workflow: "CI",
  headSha: sha("a"),
  startedAt: at,
  endedAt: at + 5 * minute,
  conclusion: "success",
  label: "ubuntu-latest",
  basis: "priced",
  billedMs: 5 * minute,
  costPico: 30_000_000_000n,
  ...changes,
});

/** Run by every adapter of the port. */
export function runnerMinutesContract(create: () => Promise<Place>): void {
  describe("runner minutes", () => {
    let place: Place;
    let state: State;

    beforeEach(async () => {
      place = await create();
      state = await place.open();
    });

    afterEach(() => place.remove());

    const ask = <T>(work: (minutes: RunnerMinutes) => Promise<T>) => state.records.transaction((tx) => work(tx.runnerMinutes));
    const recordAll = (...jobs: RunnerJob[]) =>
      ask(async (minutes) => {
        for (const job of jobs) await minutes.record(job);
      });
    const sums = (by: readonly RunnerKey[] = [], query = {}) => ask((minutes) => minutes.sums(query, by));
    const flakes = () => ask((minutes) => minutes.flakes({}));
    const failed = (changes: Partial<RunnerJob> = {}) => aRunnerJob({ conclusion: "failure", ...changes });
    const later = (changes: Partial<RunnerJob> = {}) => aRunnerJob({ jobId: 71, attempt: 2, endedAt: at + 20 * minute, ...changes });

    it("are none at first", async () => {
      expect(await sums()).toEqual([]);
      expect(await flakes()).toEqual([]);
    });

    it("count an attempt of a job once, however often it is told", async () => {
      await recordAll(aRunnerJob(), aRunnerJob({ repository: "acme/shop", costPico: 9n }), aRunnerJob({ attempt: 2 }));

      expect(await sums()).toEqual([{ group: [], jobs: 2, pricedMs: 10 * minute, freeMs: 0, unpricedMs: 0, costPico: 60_000_000_000n }]);
    });

    it("tell what is free and what has no price from what has one", async () => {
      const { costPico: _, ...unpriced } = aRunnerJob({ jobId: 3, basis: "unpriced", label: "gpu", billedMs: 90_001 });
      await recordAll(aRunnerJob(), aRunnerJob({ jobId: 2, basis: "free", costPico: 0n }), unpriced);

      expect(await sums()).toMatchObject([
        { jobs: 3, pricedMs: 5 * minute, freeMs: 5 * minute, unpricedMs: 90_001, costPico: 30_000_000_000n },
      ]);
      expect((await sums(["label"])).map(({ group, jobs }) => [...group, jobs])).toEqual([
        ["ubuntu-latest", 2],
        ["gpu", 1],
      ]);
    });

    it("belong to the pull request of their run, whichever is told first", async () => {
      await ask((minutes) => minutes.place("acme/shop", 7, 12, at));
      await recordAll(aRunnerJob(), aRunnerJob({ jobId: 80, runId: 8 }), aRunnerJob({ jobId: 90, runId: 9 }));
      await ask((minutes) => minutes.place("Acme/Shop", 8, 12, at));
      await ask((minutes) => minutes.place("Acme/Shop", 8, 13, at));

      expect(await sums(["pr"])).toMatchObject([
        { group: ["Acme/Shop#12"], jobs: 2 },
        { group: [undefined], jobs: 1 },
      ]);
      expect(await sums([], { repository: "ACME/shop", pullRequest: 12 })).toMatchObject([{ jobs: 2 }]);
    });

    it("are those of jobs that ended from the beginning on, and before the end", async () => {
      await recordAll(...[0, 1, 2].map((jobId) => aRunnerJob({ jobId, endedAt: at + jobId })));

      expect(await sums([], { since: at + 1, until: at + 2 })).toMatchObject([{ jobs: 1 }]);
    });

    it("add up exactly, beyond what a number holds", async () => {
      await recordAll(...[1, 2, 3].map((jobId) => aRunnerJob({ jobId, costPico: 3_000_000_000_000_000_001n })));

      expect(await sums()).toMatchObject([{ costPico: 9_000_000_000_000_000_003n }]);
    });

    it("add up to the whole by any grouping", async () => {
      const jobs = uniqueArray(
        record({
          jobId: integer({ min: 1, max: 1_000 }),
          runId: integer({ min: 1, max: 4 }),
          name: constantFrom("test", "build"),
          workflow: constantFrom("CI", "Docs"),
          label: constantFrom("ubuntu-latest", "gpu"),
          repository: constantFrom("Acme/Shop", "acme/shop", "acme/other"),
          cost: option(integer({ min: 0 })),
        }),
        { selector: ({ jobId }) => jobId, maxLength: 12 },
      );
      await assert(
        asyncProperty(jobs, shuffledSubarray([...runnerKeys]), async (some, by) => {
          const fresh = await create();
          try {
            const { records } = await fresh.open();
            const [all, grouped] = await records.transaction(async ({ runnerMinutes: minutes }) => {
              await minutes.place("acme/shop", 1, 12, at);
              for (const { cost, ...one } of some) {
                const { costPico: _, ...unpriced } = aRunnerJob({ ...one, basis: "unpriced" });
                await minutes.record(cost === null ? unpriced : aRunnerJob({ ...one, costPico: BigInt(cost) * 1_000_003n }));
              }
              return [await minutes.sums({}, []), await minutes.sums({}, by)] as const;
            });
            const total = (of: typeof grouped) => [
              of.reduce((sum, { costPico }) => sum + costPico, 0n),
              of.reduce((sum, one) => sum + one.jobs, 0),
              of.reduce((sum, one) => sum + one.pricedMs + one.freeMs + one.unpricedMs, 0),
            ];
            expect(total(grouped)).toEqual(total(all));
            expect(total(all)[0]).toBe(some.reduce((sum, { cost }) => sum + BigInt(cost ?? 0) * 1_000_003n, 0n));
          } finally {
            await fresh.remove();
          }
        }),
        { numRuns: 8 },
      );
    });

    describe("of a flake", () => {
      it.each<[string, readonly RunnerJob[], number]>([
        ["failed and passed in a later attempt", [failed(), later()], 1],
        ["failed twice and passed then", [failed(), failed({ jobId: 71, attempt: 2 }), later({ jobId: 72, attempt: 3 })], 2],
        ["timed out and passed in a later attempt", [failed({ conclusion: "timed_out" }), later()], 1],
        ["failed and passed in another run of the commit", [failed(), later({ runId: 8, attempt: 1 })], 1],
        ["failed and passed on a newer commit", [failed(), later({ headSha: sha("b") })], 0],
        ["passed and failed later", [aRunnerJob(), failed({ jobId: 71, attempt: 2, endedAt: at + 20 * minute })], 0],
        ["failed and was cancelled later", [failed(), later({ conclusion: "cancelled" })], 0],
        ["was cancelled and passed later", [aRunnerJob({ conclusion: "cancelled" }), later()], 0],
        ["failed, while one of another name passed later", [failed(), later({ name: "build" })], 0],
        ["failed, while one of another workflow passed later", [failed(), later({ workflow: "Docs", runId: 8 })], 0],
        ["failed, while one of another repository passed later", [failed(), later({ repository: "acme/other" })], 0],
        ["failed beside one of its name that passed", [failed(), later({ attempt: 1 })], 0],
        ["failed again beside one of its name that passed", [failed(), later(), failed({ jobId: 72, attempt: 2 })], 0],
        ["was one of two of a name, and passed alone later", [failed(), aRunnerJob({ jobId: 75 }), later()], 1],
      ])("count where it %s", async (_, jobs, attempts) => {
        await recordAll(...jobs.toReversed());

        const found = await flakes();

        expect(found.reduce((sum, { failedAttempts }) => sum + failedAttempts, 0)).toBe(attempts);
        expect(found.reduce((sum, { pricedMs }) => sum + pricedMs, 0)).toBe(attempts * 5 * minute);
      });

      it("are those of its failed attempts, with their runs, the dearest job first", async () => {
        await recordAll(failed(), later(), failed({ jobId: 80, runId: 8, headSha: sha("b"), endedAt: at + minute }));
        await recordAll(later({ jobId: 81, runId: 8, headSha: sha("b") }));
        await recordAll(failed({ jobId: 90, name: "build", costPico: 90_000_000_000n }), later({ jobId: 91, name: "build" }));

        expect(await flakes()).toEqual([
          {
            ...{ repository: "Acme/Shop", job: "build", failedAttempts: 1, runIds: [7], lastAt: at + 5 * minute },
            ...{ pricedMs: 5 * minute, freeMs: 0, unpricedMs: 0, costPico: 90_000_000_000n },
          },
          {
            ...{ repository: "Acme/Shop", job: "test", failedAttempts: 2, runIds: [7, 8], lastAt: at + 5 * minute },
            ...{ pricedMs: 10 * minute, freeMs: 0, unpricedMs: 0, costPico: 60_000_000_000n },
          },
        ]);
      });

      it("are those of the time and repository asked for, though it passed after that", async () => {
        await recordAll(failed(), later());
        const within = (query: object) => ask((minutes) => minutes.flakes(query));

        expect(await within({ since: at, until: at + 6 * minute, repository: "acme/SHOP" })).toHaveLength(1);
        expect(await within({ since: at + 6 * minute })).toEqual([]);
        expect(await within({ repository: "acme/other" })).toEqual([]);
      });
    });
  });
}

import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Operation, Operations } from "../../src/pipeline/operations/operations.ts";
import type { Place, State } from "./place.ts";

export const anOperation = (changes: Partial<Operation> = {}): Operation => ({
  id: "comment-1#0",
  intent: "comment-1",
  kind: "retry",
  stage: "running",
  repository: "acme/shop",
  runId: 7,
  asker: { key: "github:583231", name: "octocat", surface: "github", account: { id: 583231, login: "octocat" } },
  place: { message: "reply:comment-1", ordinal: 0 },
  wish: { workflow: "CI", url: "https://x.test", headSha: "ab12cd3", pullRequest: 12, attempt: 1, jobs: ["test"] },
  askedAt: 1_764_000_000_000,
  ...changes,
});

/** Run by every adapter of the port. */
export function operationsContract(create: () => Promise<Place>): void {
  describe("operations", () => {
    let place: Place;
    let state: State;

    beforeEach(async () => {
      place = await create();
      state = await place.open();
    });

    afterEach(() => place.remove());

    const ask = <T>(work: (operations: Operations) => Promise<T>) => state.records.transaction((tx) => work(tx.operations));
    const put = (...all: readonly Operation[]) =>
      ask(async (operations) => {
        for (const operation of all) await operations.put(operation);
      });

    it("gives back every field, in the newest state, to every process", async () => {
      const ended = anOperation({
        stage: "ended",
        end: { kind: "concluded", state: "passed", attempt: 2, jobs: [] },
        progress: { done: 1, total: 2 },
      });
      await put(anOperation(), ended);

      const other = await place.open();

      expect(await other.records.transaction(({ operations }) => operations.ofIntent("comment-1"))).toEqual([ended]);
    });

    it("gives the operations of one wish in their order, and of no other", async () => {
      await put(anOperation({ id: "comment-1#1", runId: 8 }), anOperation(), anOperation({ id: "comment-12#0", intent: "comment-12" }));

      expect((await ask((operations) => operations.ofIntent("comment-1"))).map(({ id }) => id)).toEqual(["comment-1#0", "comment-1#1"]);
    });

    it("gives those of a run that have not ended, oldest first, whatever the repository's case", async () => {
      await put(
        anOperation({ id: "b", askedAt: 2 }),
        anOperation({ id: "a", askedAt: 3, stage: "waiting" }),
        anOperation({ id: "c", askedAt: 1, repository: "Acme/Shop" }),
        anOperation({ id: "d", stage: "ended" }),
        anOperation({ id: "e", runId: 8 }),
        anOperation({ id: "f", repository: "acme/other" }),
      );

      expect((await ask((operations) => operations.openOf("acme/SHOP", 7))).map(({ id }) => id)).toEqual(["c", "b", "a"]);
    });

    it("lets only the first of those who saw the same state move it", async () => {
      const before = anOperation({ stage: "waiting" });
      await put(before);
      const others = [state, await place.open()];
      const moves = ["asked", "running"] as const;

      const won = await Promise.all(
        moves.map((stage, index) =>
          others[index]?.records.transaction(({ operations }) => operations.replace(before, { ...before, stage })),
        ),
      );

      expect(won.filter(Boolean)).toHaveLength(1);
      expect(await ask((operations) => operations.ofIntent("comment-1"))).toEqual([{ ...before, stage: moves[won.indexOf(true)] }]);
    });

    it("moves nothing that was never there", async () => {
      expect(await ask((operations) => operations.replace(anOperation(), anOperation({ stage: "ended" })))).toBe(false);
      expect(await ask((operations) => operations.ofIntent("comment-1"))).toEqual([]);
    });

    it("knows a run that it was ever about", async () => {
      await put(anOperation({ stage: "ended" }));

      const known = await ask(async (operations) => [
        await operations.isKnown("ACME/shop", 7),
        await operations.isKnown("acme/shop", 8),
        await operations.isKnown("acme/other", 7),
      ]);

      expect(known).toEqual([true, false, false]);
    });

    it("gives those whose run is unknown, until it is known or they end", async () => {
      const { runId: _, ...lost } = anOperation({ kind: "dispatch", stage: "asked" });
      await put(lost, { ...lost, id: "x", stage: "ended" }, anOperation({ id: "y" }));

      expect(await ask((operations) => operations.withoutRun())).toEqual([lost]);
      await put({ ...lost, runId: 9, stage: "running" });
      expect(await ask((operations) => operations.withoutRun())).toEqual([]);
    });

    it("gives each run that is not over once, as many as asked for", async () => {
      await put(
        anOperation({ id: "a" }),
        anOperation({ id: "b" }),
        anOperation({ id: "c", runId: 8 }),
        anOperation({ id: "d", runId: 9, stage: "ended" }),
      );

      const runs = await ask((operations) => operations.openRuns(10));

      expect(runs.map(({ runId }) => runId).sort()).toEqual([7, 8]);
      expect(await ask((operations) => operations.openRuns(1))).toHaveLength(1);
    });

    it("gives the runs in turn, so that none waits for ever behind many others", async () => {
      for (const runId of [7, 8, 9]) await put(anOperation({ id: `${runId}`, runId }));
      const seen: number[] = [];

      for (let look = 0; look < 6; look += 1) {
        await sleep(2);
        seen.push(...(await ask((operations) => operations.openRuns(1))).map(({ runId }) => runId));
      }

      expect(seen.slice(0, 3).sort()).toEqual([7, 8, 9]);
      expect(seen.slice(3)).toEqual(seen.slice(0, 3));
    });
  });
}

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Decisions } from "../../src/pipeline/orchestrator/decisions.ts";
import { aDecision, decidedAt } from "../pipeline/orchestrator/a-decision.ts";
import type { Place, State } from "./place.ts";

/** Run by every adapter of the port. */
export function decisionsContract(create: () => Promise<Place>): void {
  describe("decisions", () => {
    let place: Place;
    let state: State;

    beforeEach(async () => {
      place = await create();
      state = await place.open();
    });

    afterEach(() => place.remove());

    const ask = <T>(work: (decisions: Decisions) => Promise<T>) => state.records.transaction((tx) => work(tx.decisions));
    const put = (...changes: readonly Parameters<typeof aDecision>[0][]) =>
      ask(async (decisions) => {
        for (const each of changes) await decisions.put(aDecision(each));
      });
    const runs = (found: readonly { readonly runId: number }[]) => found.map(({ runId }) => runId);

    it("gives back what was put, money and all, and nothing of what was not", async () => {
      await put({});

      expect(await ask((decisions) => decisions.find(aDecision().id))).toEqual(aDecision());
      expect(await ask((decisions) => decisions.find("nothing"))).toBeUndefined();
    });

    it("writes each decision down once, also for two who come at a time", async () => {
      const other = await place.open();
      const put = (of: State) => of.records.transaction(({ decisions }) => decisions.put(aDecision()));

      expect((await Promise.all([put(state), put(other)])).toSorted()).toEqual([false, true]);
      expect(await ask((decisions) => decisions.put(aDecision({ cause: "Another one" })))).toBe(false);
      expect(await ask((decisions) => decisions.find(aDecision().id))).toMatchObject({ cause: aDecision().cause });
    });

    it("finds those of the same failure since a moment, newest first, whatever the case of the repository", async () => {
      await put({ runId: 7 }, { runId: 8, at: decidedAt + 1 }, { runId: 9, at: decidedAt - 1 }, { runId: 10, key: "k2" });
      await put({ runId: 11, repository: "acme/other" });

      expect(runs(await ask((decisions) => decisions.ofKey("ACME/shop", "k1", decidedAt, 9)))).toEqual([8, 7]);
      expect(runs(await ask((decisions) => decisions.ofKey("acme/shop", "k1", 0, 1)))).toEqual([8]);
    });

    it("keeps those open of which no truth is known", async () => {
      await put({ runId: 7 }, { runId: 8 }, { runId: 9, workflowId: 4 });
      const { id } = aDecision({ runId: 7 });
      await ask((decisions) => decisions.learn(id, { again: "failed" }));

      expect(runs(await ask((decisions) => decisions.open("acme/shop", 3, 9)))).toEqual([8, 7]);
      await ask((decisions) => decisions.learn(id, { again: "failed", truth: "fixed" }));

      expect(runs(await ask((decisions) => decisions.open("acme/shop", 3, 9)))).toEqual([8]);
      expect(await ask((decisions) => decisions.find(id))).toMatchObject({ again: "failed", truth: "fixed" });
      expect(runs(await ask((decisions) => decisions.openSince(decidedAt + 1, 9)))).toEqual([8, 9]);
      expect(await ask((decisions) => decisions.openSince(decidedAt, 9))).toEqual([]);
    });

    it("finds those of a commit, and lists those of a span of time", async () => {
      await put({ runId: 7 }, { runId: 8, headSha: "f00", at: decidedAt + 5 });

      expect(runs(await ask((decisions) => decisions.ofCommit("acme/shop", "f00")))).toEqual([8]);
      expect(runs(await ask((decisions) => decisions.list({ repository: "acme/SHOP", since: decidedAt }, 9)))).toEqual([8, 7]);
      expect(runs(await ask((decisions) => decisions.list({ since: 0, until: decidedAt + 5 }, 9)))).toEqual([7]);
      expect(await ask((decisions) => decisions.list({ repository: "acme/other", since: 0 }, 9))).toEqual([]);
    });

    it("remembers that one was carried out after all", async () => {
      await put({});
      await ask((decisions) => decisions.carryOut(aDecision().id));

      expect(await ask((decisions) => decisions.find(aDecision().id))).toMatchObject({ isCarriedOut: true });
    });
  });
}

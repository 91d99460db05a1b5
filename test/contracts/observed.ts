import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FailureTold, SessionTold } from "../../src/pipeline/sessions/event.ts";
import type { Observation, Observed } from "../../src/pipeline/sessions/observed.ts";
import type { Place, State } from "./place.ts";

const at = Date.parse("2026-11-23T12:00:00Z");
const head = { repository: "Acme/Shop", headSha: "a".repeat(40), session: "s1" };

export const aFailure = (changes: Partial<FailureTold> = {}): FailureTold => ({
  type: "failure",
  id: "f1",
  at,
  command: "cargo test",
  failures: 3,
  error: "error[E0308]: mismatched types",
  ...head,
  ...changes,
});

export const aSession = (changes: Partial<SessionTold> = {}): SessionTold => ({
  type: "session",
  id: "s1",
  at,
  state: "started",
  version: "0.1.0",
  ...head,
  ...changes,
});

/** Run by every adapter of the port. */
export function observedContract(create: () => Promise<Place>): void {
  describe("what was told of sessions", () => {
    let place: Place;
    let state: State;

    beforeEach(async () => {
      place = await create();
      state = await place.open();
    });

    afterEach(() => place.remove());

    const ask = <T>(work: (observed: Observed) => Promise<T>) => state.records.transaction((tx) => work(tx.observed));
    const putAll = async (tellings: readonly Observation[]) => {
      const results: string[] = [];
      for (const one of tellings) results.push(await ask((observed) => observed.put(one)));
      return results;
    };

    it("is given back as it was, newest first, whatever the repository's case, and of that commit alone", async () => {
      const told = [aSession(), aFailure({ at: at + 1 }), aFailure({ id: "f2", headSha: "b".repeat(40) })];

      expect(await putAll(told)).toEqual(["recorded", "recorded", "recorded"]);

      expect(await ask((observed) => observed.ofHead("acme/SHOP", head.headSha, 10))).toEqual([told[1], told[0]]);
      expect(await ask((observed) => observed.ofHead("acme/shop", head.headSha, 1))).toEqual([told[1]]);
      expect(await ask((observed) => observed.ofHead("acme/other", head.headSha, 10))).toEqual([]);
    });

    it("stays as it was told last, in whatever order it comes", async () => {
      const ended = aSession({ state: "ended" });
      const tellings = [aFailure({ failures: 4, at: at + 2 }), aFailure(), aFailure({ failures: 4, at: at + 2 }), ended, aSession()];

      expect(await putAll(tellings)).toEqual(["recorded", "known", "known", "recorded", "known"]);
      expect(await putAll([aFailure({ failures: 5, at: at + 3 })])).toEqual(["amended"]);

      expect(await ask((observed) => observed.ofHead("acme/shop", head.headSha, 10))).toMatchObject([{ failures: 5 }, ended]);
    });

    it("tells two of one id apart by their type", async () => {
      expect(await putAll([aSession({ id: "x" }), aFailure({ id: "x" })])).toEqual(["recorded", "recorded"]);
    });
  });
}

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PhaseChange, PhaseChanges } from "../../src/pipeline/phases/phase-changes.ts";
import type { Place, State } from "./place.ts";

const aChange: PhaseChange = {
  repository: "Acme/Shop",
  number: 1,
  kind: "set",
  from: "phase-1",
  to: "phase-2",
  actor: "github:1",
  actorName: "octocat",
  at: 1_764_000_000_000,
};

/** Run by every adapter of the port. */
export function phaseChangesContract(create: () => Promise<Place>): void {
  describe("phase changes", () => {
    let place: Place;
    let state: State;

    beforeEach(async () => {
      place = await create();
      state = await place.open();
    });

    afterEach(() => place.remove());

    const ask = <T>(work: (phases: PhaseChanges) => Promise<T>) => state.records.transaction((tx) => work(tx.phases));
    const add = (...changes: readonly PhaseChange[]) =>
      ask(async (phases) => {
        const added: boolean[] = [];
        for (const change of changes) added.push(await phases.add(change));
        return added;
      });

    it.each([aChange, { ...aChange, kind: "reset" as const, reason: "it's; -- new" }])(
      "gives back %j as it was, whatever the repository's case",
      async (change) => {
        expect(await add(change)).toEqual([true]);

        expect(await ask((phases) => phases.latest("acme/SHOP", 5))).toEqual([change]);
        expect(await ask((phases) => phases.latest("acme/other", 5))).toEqual([]);
      },
    );

    it("gives the newest first, and no more than asked for", async () => {
      const three = [1, 2, 3].map((number) => ({ ...aChange, number }));
      await add(...three, { ...aChange, repository: "acme/other" });

      expect(await ask((phases) => phases.latest("acme/shop", 2))).toEqual([three[2], three[1]]);
    });

    it("takes one of two changes of a number, the first", async () => {
      const late = { ...aChange, repository: "acme/shop", to: "phase-3" };

      expect(await add(aChange, late)).toEqual([true, false]);
      expect(await ask((phases) => phases.latest("acme/shop", 5))).toEqual([aChange]);
    });

    it("takes one of many who come at once, over two connections", async () => {
      const other = await place.open();

      const taken = await Promise.all(
        [state, other, state, other].map((one, index) =>
          one.records.transaction(({ phases }) => phases.add({ ...aChange, actorName: `person ${index}` })),
        ),
      );

      expect(taken.filter(Boolean)).toHaveLength(1);
    });
  });
}

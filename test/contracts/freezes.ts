import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Freeze, Freezes } from "../../src/pipeline/freezes.ts";
import type { Place, State } from "./place.ts";

const aFreeze: Freeze = { repository: "Acme/Shop", by: "octocat", intent: "comment-1", since: 1_764_000_000_000 };

/** Run by every adapter of the port. */
export function freezesContract(create: () => Promise<Place>): void {
  describe("freezes", () => {
    let place: Place;
    let state: State;

    beforeEach(async () => {
      place = await create();
      state = await place.open();
    });

    afterEach(() => place.remove());

    const ask = <T>(work: (freezes: Freezes) => Promise<T>) => state.records.transaction((tx) => work(tx.freezes));

    it.each([aFreeze, { ...aFreeze, reason: "release; -- '1.2'" }])(
      "gives back %j as it was, whatever the repository's case",
      async (freeze) => {
        await ask((freezes) => freezes.put(freeze));

        expect(await ask((freezes) => freezes.find("acme/SHOP"))).toEqual(freeze);
        expect(await ask((freezes) => freezes.find("acme/other"))).toBeUndefined();
      },
    );

    it("keeps one for each repository, the last", async () => {
      await ask((freezes) => freezes.put({ ...aFreeze, reason: "first" }));
      const second = { ...aFreeze, repository: "acme/shop", by: "hubot" };
      await ask((freezes) => freezes.put(second));

      expect(await ask((freezes) => freezes.find("acme/shop"))).toEqual(second);
    });

    it("removes it, and says whether there was one", async () => {
      await ask((freezes) => freezes.put(aFreeze));

      expect(await ask((freezes) => freezes.remove("acme/shop"))).toBe(true);
      expect(await ask((freezes) => freezes.remove("acme/shop"))).toBe(false);
      expect(await ask((freezes) => freezes.find("acme/shop"))).toBeUndefined();
    });
  });
}

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LinkBook, StoredLink } from "../../src/pipeline/links.ts";
import type { Place, State } from "./place.ts";

const aLink = (user: string, id: number, changes: Partial<StoredLink> = {}): StoredLink => ({
  person: { team: "T1", user },
  account: { id, login: `login-${id}` },
  linkedAt: 1_764_000_000_000,
  checkedAt: 1_764_000_000_000,
  ...changes,
});

/** Run by every adapter of the port. */
export function linksContract(create: () => Promise<Place>): void {
  describe("links", () => {
    let place: Place;
    let state: State;

    beforeEach(async () => {
      place = await create();
      state = await place.open();
    });

    afterEach(() => place.remove());

    const ask = <T>(work: (links: LinkBook) => Promise<T>) => state.records.transaction((tx) => work(tx.links));

    it("gives a link back as it was, by its person and by its account", async () => {
      const link = aLink("U1", 4_294_967_296);
      await ask((links) => links.put(link));

      expect(await ask((links) => links.find("U1"))).toEqual(link);
      expect(await ask((links) => links.findByAccount(4_294_967_296))).toEqual(link);
    });

    it("knows nothing of others", async () => {
      await ask((links) => links.put(aLink("U1", 1)));

      expect(await ask((links) => links.find("U2"))).toBeUndefined();
      expect(await ask((links) => links.findByAccount(2))).toBeUndefined();
    });

    it("keeps one link for a person, the last, and frees the account before", async () => {
      await ask((links) => links.put(aLink("U1", 1)));
      await ask((links) => links.put(aLink("U1", 2)));

      expect(await ask((links) => links.find("U1"))).toEqual(aLink("U1", 2));
      expect(await ask((links) => links.findByAccount(1))).toBeUndefined();
    });

    it("never gives one account to two people", async () => {
      await ask((links) => links.put(aLink("U1", 1)));

      await expect(ask((links) => links.put(aLink("U2", 1)))).rejects.toThrow();
      expect(await ask((links) => links.findByAccount(1))).toEqual(aLink("U1", 1));
      expect(await ask((links) => links.find("U2"))).toBeUndefined();
    });

    it("removes a link, and says whether there was one", async () => {
      await ask((links) => links.put(aLink("U1", 1)));

      expect(await ask((links) => links.remove("U1"))).toBe(true);
      expect(await ask((links) => links.remove("U1"))).toBe(false);
      expect(await ask((links) => links.findByAccount(1))).toBeUndefined();
    });

    it("lists those first that were not looked at for the longest time", async () => {
      for (const [user, id, checkedAt] of [
        ["U1", 1, 30],
        ["U2", 2, 10],
        ["U3", 3, 20],
      ] as const)
        await ask((links) => links.put(aLink(user, id, { checkedAt })));

      const two = await ask((links) => links.leastRecentlyChecked(2));

      expect(two.map(({ person }) => person.user)).toEqual(["U2", "U3"]);
    });
  });
}

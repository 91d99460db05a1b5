import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Keys } from "../../src/pipeline/keys.ts";
import type { Place } from "./place.ts";

const minute = 60_000;

/** Run by every adapter of the port. */
export function keysContract(create: () => Promise<Place>): void {
  describe("keys", () => {
    let place: Place;
    let keys: Keys;

    beforeEach(async () => {
      place = await create();
      ({ keys } = await place.open());
    });

    afterEach(() => place.remove());

    it.each([null, false, 0, "", "'; \"", { a: [1, { b: "ü" }] }])("gives back %j as it was", async (value) => {
      await keys.set("key", value, minute);

      expect(await keys.get("key")).toEqual(value);
    });

    it("knows nothing of a key that was never set or has outlived its time", async () => {
      await keys.set("outlived", 1, 30);
      await keys.set("stillborn", 1, 0);
      await sleep(60);

      expect(await Promise.all(["never", "outlived", "stillborn"].map((key) => keys.get(key)))).toEqual(new Array(3).fill(undefined));
    });

    it("replaces the value and its lifetime", async () => {
      await keys.set("key", "old", 30);
      await keys.set("key", "new", minute);
      await sleep(60);

      expect(await keys.get("key")).toBe("new");
    });

    it("keeps keys apart that differ in a prefix only", async () => {
      await keys.set("keys:a", 1, minute);
      await keys.set("a", 2, minute);

      expect(await keys.get("keys:a")).toBe(1);
    });

    it("shows a value to every process", async () => {
      await keys.set("key", "value", minute);

      const other = await place.open();

      expect(await other.keys.get("key")).toBe("value");
    });
  });
}

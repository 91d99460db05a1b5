import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Claims } from "../../src/pipeline/claims.ts";
import type { Place } from "./place.ts";
import { spawnProcess } from "./spawn-process.ts";

const minute = 60_000;

/** Run by every adapter of the port. */
export function claimsContract(create: () => Promise<Place>): void {
  describe("claims", () => {
    let place: Place;
    let claims: Claims;

    beforeEach(async () => {
      place = await create();
      ({ claims } = await place.open());
    });

    afterEach(() => place.remove());

    it("gives a key to the first who asks, and tells the next who has it and for how long", async () => {
      expect(await claims.claim("deploy", "ann", minute)).toEqual({ state: "claimed" });

      const second = await claims.claim("deploy", "bob", minute);

      expect(second).toMatchObject({ state: "held", holder: "ann" });
      expect(second.state === "held" && second.freeInMs).toBeGreaterThan(minute - 5_000);
      expect(second.state === "held" && second.freeInMs).toBeLessThanOrEqual(minute);
    });

    it("gives a key to exactly one of many who ask at once", async () => {
      const all = await Promise.all(Array.from({ length: 50 }, (_, index) => claims.claim("deploy", `holder-${index}`, minute)));

      expect(all.filter(({ state }) => state === "claimed")).toHaveLength(1);
    });

    it("gives each of 5,000 keys to exactly one of two processes", async () => {
      const both = await Promise.all([spawnProcess(place.address, "claim", 5_000), spawnProcess(place.address, "claim", 5_000)]);
      for (const one of both) one.go();

      const [one = 0, other = 0] = await Promise.all(both.map(async (process) => Number((await process.line("claimed")).split(" ")[1])));
      await Promise.all(both.map(({ exited }) => exited));

      expect(one + other).toBe(5_000);
    });

    it("lets the same holder claim again, as after a crash", async () => {
      await claims.claim("deploy", "ann", minute);

      expect(await claims.claim("deploy", "ann", minute)).toEqual({ state: "claimed" });
    });

    it("lets anyone take a key whose lease ran out", async () => {
      await claims.claim("deploy", "ann", 30);
      await sleep(60);

      expect(await claims.claim("deploy", "bob", minute)).toEqual({ state: "claimed" });
    });

    it("lets anyone take a key whose work failed", async () => {
      await claims.claim("deploy", "ann", minute);
      await claims.settle("deploy", "ann", { outcome: "failed" });

      expect(await claims.claim("deploy", "bob", minute)).toEqual({ state: "claimed" });
    });

    it("keeps the result of what is done for everyone, the holder included", async () => {
      const result = { answer: "deployed", parts: [1, null, "ü"] };
      await claims.claim("deploy", "ann", 30);
      await claims.settle("deploy", "ann", { outcome: "done", result });
      await sleep(60);

      expect(await claims.claim("deploy", "bob", minute)).toEqual({ state: "done", result });
      expect(await claims.claim("deploy", "ann", minute)).toEqual({ state: "done", result });
    });

    it("keeps a result of null", async () => {
      await claims.claim("deploy", "ann", minute);
      await claims.settle("deploy", "ann", { outcome: "done", result: null });

      expect(await claims.claim("deploy", "bob", minute)).toEqual({ state: "done", result: null });
    });

    it("extends a lease that is still held", async () => {
      await claims.claim("deploy", "ann", 200);

      expect(await claims.extend("deploy", "ann", minute)).toBe(true);

      await sleep(250);
      expect(await claims.claim("deploy", "bob", minute)).toMatchObject({ state: "held", holder: "ann" });
    });

    it("extends no lease that ran out, was settled or is somebody else's", async () => {
      await claims.claim("ran out", "ann", 20);
      await claims.claim("settled", "ann", minute);
      await claims.settle("settled", "ann", { outcome: "done", result: 1 });
      await claims.claim("bob's", "bob", minute);
      await sleep(40);

      const extended = await Promise.all(["ran out", "settled", "bob's", "nobody's"].map((key) => claims.extend(key, "ann", minute)));

      expect(extended).toEqual([false, false, false, false]);
    });

    it("ignores the end that a holder reports after losing the key", async () => {
      await claims.claim("deploy", "ann", 20);
      await sleep(40);
      await claims.claim("deploy", "bob", minute);

      await claims.settle("deploy", "ann", { outcome: "done", result: "late" });
      await claims.settle("deploy", "ann", { outcome: "failed" });

      expect(await claims.claim("deploy", "cid", minute)).toMatchObject({ state: "held", holder: "bob" });
    });

    it("remembers claims when the process is gone", async () => {
      await claims.claim("deploy", "ann", minute);

      const other = await place.open();

      expect(await other.claims.claim("deploy", "bob", minute)).toMatchObject({ state: "held", holder: "ann" });
    });
  });
}

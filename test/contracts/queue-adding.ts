import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Place } from "./place.ts";
import { aJob, eventually, openQueue, type QueueUnderTest } from "./queue-under-test.ts";

export function addingContract(create: () => Promise<Place>): void {
  let queue: QueueUnderTest;

  beforeEach(async () => {
    queue = await openQueue(create);
  });

  afterEach(() => queue.place.remove());

  describe("adding", () => {
    it("runs a job once, with its payload", async () => {
      const payloads: unknown[] = [];
      const ran = queue.collect(({ payload }) => void payloads.push(payload));

      await queue.add({ payload: { pull: 12, text: "ü" } });

      await eventually(() => expect(ran).toEqual(["job"]));
      await sleep(150);
      expect(ran).toEqual(["job"]);
      expect(payloads).toEqual([{ pull: 12, text: "ü" }]);
    });

    it("starts a job that the same process added at once", async () => {
      const lazy = await queue.place.open({ pollMs: 5_000 });
      let ranAt = 0;
      queue.collect(() => {
        ranAt = performance.now();
      }, lazy.worker);
      await sleep(50);

      const addedAt = performance.now();
      await lazy.records.transaction((tx) => tx.queue.add(aJob()));

      await eventually(() => expect(ranAt).toBeGreaterThan(0));
      expect(ranAt - addedAt).toBeLessThan(500);
    });

    it("knows an id that waits, and one that is finished", async () => {
      expect(await queue.add()).toBe("added");
      expect(await queue.add()).toBe("known");

      const ran = queue.collect();
      await eventually(() => expect(ran).toEqual(["job"]));
      await queue.state.worker.stop(1_000);

      expect(await queue.add()).toBe("known");
    });

    it("adds an id once when many add it at the same time", async () => {
      const added = await Promise.all(Array.from({ length: 20 }, () => queue.add()));

      expect(added.filter((one) => one === "added")).toHaveLength(1);
    });

    it("never runs a job whose transaction was rolled back", async () => {
      const ran = queue.collect();
      const failed = queue.state.records.transaction(async (tx) => {
        await tx.queue.add(aJob({ id: "undone" }));
        throw new Error("no");
      });

      await expect(failed).rejects.toThrow("no");
      await queue.add({ id: "after" });

      await eventually(() => expect(ran).toEqual(["after"]));
      await sleep(100);
      expect(ran).toEqual(["after"]);
    });

    it("runs a job not before its time, and at once when it has come", async () => {
      const runAt = Date.now() + 300;
      await queue.add({ id: "later", runAt });
      await queue.add({ id: "now" });
      let ranAt = 0;
      const ran = queue.collect(({ id }) => {
        if (id === "later") ranAt = Date.now();
      });

      await eventually(() => expect(ran).toEqual(["now", "later"]));

      expect(ranAt).toBeGreaterThanOrEqual(runAt);
      expect(ranAt).toBeLessThan(runAt + 200);
    });
  });
}

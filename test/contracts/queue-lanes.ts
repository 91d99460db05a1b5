import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ServiceError } from "../../src/errors.ts";
import { Postponed } from "../../src/pipeline/queue.ts";
import type { Place } from "./place.ts";
import { eventually, openQueue, type QueueUnderTest } from "./queue-under-test.ts";

const service = "GitHub";

export function lanesContract(create: () => Promise<Place>): void {
  let queue: QueueUnderTest;

  beforeEach(async () => {
    queue = await openQueue(create);
  });

  afterEach(() => queue.place.remove());

  describe("lanes", () => {
    it("run their jobs one at a time in the order they were added", async () => {
      let running = 0;
      let most = 0;
      const ran = queue.collect(async () => {
        most = Math.max(most, ++running);
        await sleep(2);
        running--;
      });
      const ids = Array.from({ length: 20 }, (_, index) => `job-${index}`);

      await Promise.all(ids.map((id) => queue.add({ id, lane: "pull-12" })));

      await eventually(() => expect(ran).toHaveLength(20));
      expect(ran).toEqual(ids);
      expect(most).toBe(1);
    });

    it("do not wait for each other", async () => {
      const { promise: released, resolve: release } = Promise.withResolvers<void>();
      const ran = queue.collect(({ id }) => (id === "slow" ? released : undefined));

      await queue.add({ id: "slow", lane: "a" });
      await queue.add({ id: "quick", lane: "b" });
      await queue.add({ id: "free" });

      await eventually(() => expect([...ran].sort()).toEqual(["free", "quick", "slow"]));
      release();
    });

    it("wait for a job that waits for its retry", async () => {
      const ran = queue.collect(({ attempt, id }) => {
        if (id === "first" && attempt < 3) throw new Error("not yet");
      });

      await queue.add({ id: "first", lane: "a" });
      await queue.add({ id: "second", lane: "a" });

      await eventually(() => expect(ran).toEqual(["first", "first#2", "first#3", "second"]));
    });

    it("wait for a job that was postponed", async () => {
      let isFirst = true;
      const ran = queue.collect(({ id }) => {
        if (id !== "first" || !isFirst) return;
        isFirst = false;
        throw new Postponed(80);
      });

      await queue.add({ id: "first", lane: "a" });
      await queue.add({ id: "second", lane: "a" });

      await eventually(() => expect(ran).toEqual(["first", "first", "second"]));
    });

    it("go on past a dead letter, which joins at the end when it is revived", async () => {
      let isBroken = true;
      const { promise: released, resolve: release } = Promise.withResolvers<void>();
      const ran = queue.collect(async ({ id }) => {
        if (id === "first" && isBroken) throw new ServiceError("gone", { service, retryable: false });
        if (id === "second") await released;
      });
      for (const id of ["first", "second", "third"]) await queue.add({ id, lane: "a" });
      await eventually(() => expect(ran).toEqual(["first", "second"]));

      isBroken = false;
      expect(await queue.state.deadLetters.retry("first")).toBe(true);
      release();

      await eventually(() => expect(ran).toEqual(["first", "second", "third", "first"]));
    });
  });
}

import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ServiceError } from "../../src/errors.ts";
import { Postponed } from "../../src/pipeline/queue.ts";
import type { Place } from "./place.ts";
import { eventually, openQueue, type QueueUnderTest } from "./queue-under-test.ts";

const service = "GitHub";

export function failuresContract(create: () => Promise<Place>): void {
  let queue: QueueUnderTest;

  beforeEach(async () => {
    queue = await openQueue(create);
  });

  afterEach(() => queue.place.remove());

  describe("failures", () => {
    it("are tried again until the attempts are used up, then the job is a dead letter", async () => {
      const before = Date.now();
      const ran = queue.collect(() => {
        throw new Error("still broken");
      });

      await queue.add({ maxAttempts: 3 });

      await eventually(async () => expect(await queue.state.deadLetters.list(10)).toHaveLength(1));
      expect(ran).toEqual(["job", "job#2", "job#3"]);
      const [letter] = await queue.state.deadLetters.list(10);
      expect(letter).toEqual({ id: "job", task: "work", attempts: 3, error: "still broken", diedAt: expect.any(Number) });
      expect(letter?.diedAt).toBeGreaterThanOrEqual(before);
    });

    it("that cannot pass make a dead letter at once", async () => {
      const ran = queue.collect(() => {
        throw new ServiceError("no such repository", { service, retryable: false });
      });

      await queue.add();

      await eventually(async () => expect(await queue.state.deadLetters.list(10)).toMatchObject([{ id: "job", attempts: 1 }]));
      expect(ran).toEqual(["job"]);
    });

    it("wait as long as the other system asked", async () => {
      const times: number[] = [];
      queue.collect(({ attempt }) => {
        times.push(Date.now());
        if (attempt === 1) throw new ServiceError("slow down", { service, retryable: true, retryAfterMs: 400 });
      });

      await queue.add();

      await eventually(() => expect(times).toHaveLength(2));
      expect(Number(times[1]) - Number(times[0])).toBeGreaterThanOrEqual(400);
    });

    it("do not count when the job was only postponed", async () => {
      let times = 0;
      const ran = queue.collect(() => {
        if (++times < 4) throw new Postponed(5);
      });

      await queue.add({ maxAttempts: 1 });

      await eventually(() => expect(ran).toEqual(["job", "job", "job", "job"]));
      await sleep(50);
      expect(await queue.state.deadLetters.list(10)).toEqual([]);
    });

    it("include a task that nothing handles", async () => {
      queue.collect();

      await queue.add({ task: "unheard-of", maxAttempts: 1 });

      await eventually(async () =>
        expect(await queue.state.deadLetters.list(10)).toMatchObject([
          { task: "unheard-of", error: "Nothing handles jobs of the task unheard-of." },
        ]),
      );
    });

    it("are forgotten when a dead letter is added again or retried", async () => {
      let isBroken = true;
      const ran = queue.collect(() => {
        if (isBroken) throw new Error("broken");
      });
      await queue.add({ id: "a", maxAttempts: 1 });
      await queue.add({ id: "b", maxAttempts: 1 });
      await eventually(async () => expect(await queue.state.deadLetters.list(10)).toHaveLength(2));
      isBroken = false;

      expect(await queue.add({ id: "a" })).toBe("revived");
      expect(await queue.state.deadLetters.retry("b")).toBe(true);

      await eventually(() => expect([...ran].sort()).toEqual(["a", "a", "b", "b"]));
      await sleep(50);
      expect(await queue.state.deadLetters.list(10)).toEqual([]);
      expect(await queue.state.deadLetters.retry("b")).toBe(false);
    });

    it("are listed newest first, as many as asked for", async () => {
      queue.collect(() => {
        throw new Error("broken");
      });
      for (const [index, id] of ["a", "b", "c"].entries()) {
        await queue.add({ id, maxAttempts: 1 });
        await eventually(async () => expect(await queue.state.deadLetters.list(10)).toHaveLength(index + 1));
      }

      expect((await queue.state.deadLetters.list(2)).map(({ id }) => id)).toEqual(["c", "b"]);
    });
  });
}

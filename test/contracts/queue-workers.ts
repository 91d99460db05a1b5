import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ServiceError } from "../../src/errors.ts";
import type { Place } from "./place.ts";
import { eventually, openQueue, type QueueUnderTest, quick } from "./queue-under-test.ts";
import { spawnProcess } from "./spawn-process.ts";

const service = "GitHub";

export function workersContract(create: () => Promise<Place>): void {
  let queue: QueueUnderTest;

  beforeEach(async () => {
    queue = await openQueue(create);
  });

  afterEach(() => queue.place.remove());

  describe("workers", () => {
    it("keep a long job to themselves", async () => {
      const other = await queue.place.open(quick);
      const ran = [queue.collect(() => sleep(1_500)), queue.collect(() => sleep(1_500), other.worker)];

      await queue.add();

      await sleep(1_400);
      expect(ran.flat()).toEqual(["job"]);
    });

    it("keep a job of theirs that nobody took when they renew their lease too late", async () => {
      const late = await queue.place.open({ leaseMs: 100, heartbeatMs: 10_000, pollMs: 50 });
      const ran = queue.collect(() => sleep(500), late.worker);

      await queue.add();

      await sleep(450);
      expect(ran).toEqual(["job"]);
    });

    it("drain what is due and all that comes of it, and leave what is for later", async () => {
      const ran = queue.collect(async ({ id }) => {
        await sleep(50);
        if (id === "job") await queue.add({ id: "consequence" });
      });
      await queue.add();
      await queue.add({ id: "later", runAt: Date.now() + 60_000 });

      await queue.state.worker.drain(2_000);

      expect(ran).toEqual(["job", "consequence"]);
    });

    it("stop draining when the time is up", async () => {
      queue.collect(() => sleep(1_000));
      await queue.add();
      const startedAt = Date.now();

      await queue.state.worker.drain(100);

      expect(Date.now() - startedAt).toBeLessThan(900);
    });

    it("take nothing new once they stop, and wait for what runs", async () => {
      let isFinished = false;
      const ran = queue.collect(async () => {
        await sleep(150);
        isFinished = true;
      });
      await queue.add();
      await eventually(() => expect(ran).toEqual(["job"]));

      const stopped = queue.state.worker.stop(2_000);
      await queue.add({ id: "late" });
      await stopped;

      expect(isFinished).toBe(true);
      await sleep(100);
      expect(ran).toEqual(["job"]);
    });

    it("hand back what does not finish in time: another one has it at once, no attempt is lost, and the old one's end counts nothing", async () => {
      const other = await queue.place.open({ ...quick, leaseMs: 30_000 });
      const { promise: released, resolve: release } = Promise.withResolvers<void>();
      const signals: AbortSignal[] = [];
      const ran = queue.collect(async ({ signal }) => {
        signals.push(signal);
        await released;
        throw new ServiceError("too late", { service, retryable: false });
      });
      await queue.add();
      await eventually(() => expect(ran).toEqual(["job"]));

      await queue.state.worker.stop(50);
      const ranElsewhere = queue.collect(() => {}, other.worker);
      release();

      await eventually(() => expect(ranElsewhere).toEqual(["job"]));
      expect(signals[0]?.aborted).toBe(true);
      expect(await other.deadLetters.list(10)).toEqual([]);
    });

    it("run each job exactly once and each lane in order, two processes at a time", async () => {
      const lanes = ["a", "b", "c", "d", "e"];
      const jobs = Array.from({ length: 200 }, (_, index) => ({ id: `${lanes[index % 5]}-${index}`, lane: String(lanes[index % 5]) }));
      for (const job of jobs) await queue.add(job);
      for (let index = 0; index < 100; index++) await queue.add({ id: `free-${index}` });

      const both = await Promise.all([spawnProcess(queue.place.address, "work"), spawnProcess(queue.place.address, "work")]);
      for (const one of both) one.go();
      const runs = () =>
        both.flatMap(({ lines }) => lines.filter((line) => line.startsWith("ran")).map((line) => line.split(" ").slice(1)));
      await eventually(() => expect(runs().length).toBeGreaterThanOrEqual(300));
      await Promise.all(both.map((one) => one.kill()));

      expect(new Set(runs().map(([id]) => id)).size).toBe(300);
      expect(runs()).toHaveLength(300);
      expect(both.every(({ lines }) => lines.some((line) => line.startsWith("ran")))).toBe(true);
      for (const lane of lanes) {
        const inLane = runs()
          .filter(([id]) => id?.startsWith(`${lane}-`))
          .sort((one, two) => Number(one[1]) - Number(two[1]));
        expect(inLane.map(([id]) => id)).toEqual(jobs.filter((job) => job.lane === lane).map(({ id }) => id));
        for (const [index, [, from]] of inLane.entries()) expect(Number(from)).toBeGreaterThanOrEqual(Number(inLane[index - 1]?.[2] ?? 0));
      }
    });

    it("abort a job that another one took while they were frozen, and ignore how it ends", async () => {
      await queue.add();
      const frozen = await spawnProcess(queue.place.address, "hang");
      await frozen.line("started job");
      frozen.signal("SIGSTOP");
      const ran = queue.collect(() => sleep(1_000));
      await eventually(() => expect(ran).toEqual(["job#2"]));

      frozen.signal("SIGCONT");

      expect(await frozen.line("aborted")).toBe("aborted job: The lease was lost to another worker.");
      await queue.state.worker.stop(3_000);
      expect(ran).toEqual(["job#2"]);
      expect(await queue.state.deadLetters.list(10)).toEqual([]);
      expect(await queue.add()).toBe("known");
    });

    it("take over a job whose worker was killed, when its lease ends", async () => {
      await queue.add();
      const killed = await spawnProcess(queue.place.address, "hang");
      await killed.line("started job");
      const killedAt = Date.now();
      await killed.kill();

      const ran = queue.collect();

      await eventually(() => expect(ran).toEqual(["job#2"]));
      expect(Date.now() - killedAt).toBeLessThan(2_000);
    });

    it("bury a job that killed its worker in every attempt", async () => {
      await queue.add({ maxAttempts: 1 });
      const killed = await spawnProcess(queue.place.address, "hang");
      await killed.line("started job");
      await killed.kill();

      const ran = queue.collect();

      await eventually(async () => expect(await queue.state.deadLetters.list(10)).toMatchObject([{ id: "job" }]));
      expect(ran).toEqual([]);
    });
  });
}

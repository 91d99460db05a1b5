import { beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../../src/state/embedded/connection.ts";
import { JobTable, type LeasedJob } from "../../../src/state/embedded/job-table.ts";
import { openConnection } from "../../../src/state/embedded/open-connection.ts";

describe("a lease that was lost", () => {
  let connection: Connection;
  let jobs: JobTable;
  let lost: LeasedJob;
  let at = 1_000;

  const leaseOne = (): LeasedJob => {
    const [job] = jobs.lease(1, 100);
    if (!job) throw new Error("Nothing was due.");
    return job;
  };

  beforeEach(async () => {
    connection = await openConnection(":memory:", Math.random);
    jobs = new JobTable(connection, () => at);
    jobs.add({ id: "job", task: "work", payload: null, lane: "a" });
    lost = leaseOne();
    at += 100;
  });

  it.each([{ kind: "done" }, { kind: "dead", error: "late" }, { kind: "later", delayMs: 0, countsAsAttempt: false }] as const)(
    "cannot end the job as $kind, nor be renewed",
    (end) => {
      const current = leaseOne();

      jobs.end(lost, end);

      expect(jobs.renew(lost, 100)).toBe(false);
      expect(jobs.renew(current, 100)).toBe(true);
      expect(jobs.add({ id: "job", task: "work", payload: null })).toBe("known");
    },
  );

  it("is not mistaken for the one that follows a hand-back, although that is the same attempt", () => {
    jobs.end(lost, { kind: "later", delayMs: 0, countsAsAttempt: false });
    const current = leaseOne();

    jobs.end(lost, { kind: "done" });

    expect(current.attempt).toBe(lost.attempt);
    expect(jobs.renew(current, 100)).toBe(true);
  });

  it("cannot end a job that was handed back and waits for its next worker", () => {
    jobs.end(lost, { kind: "later", delayMs: 0, countsAsAttempt: false });

    jobs.end(lost, { kind: "done" });

    expect(leaseOne()).toMatchObject({ id: "job" });
  });

  it("cannot let the lane go on", () => {
    jobs.add({ id: "next", task: "work", payload: null, lane: "a" });
    leaseOne();

    jobs.end(lost, { kind: "done" });

    expect(jobs.lease(1, 100)).toEqual([]);
  });
});

it("looks only at the jobs that may run, however many wait behind them", async () => {
  const connection = await openConnection(":memory:", Math.random);
  const plan = (sql: string) => connection.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).map(({ detail }) => detail);

  expect(plan("SELECT seq FROM jobs WHERE state = 'live' AND is_head = 1 AND due_at <= 5 ORDER BY due_at, seq LIMIT 8")).toEqual([
    "SEARCH jobs USING COVERING INDEX jobs_due (due_at<?)",
  ]);
});

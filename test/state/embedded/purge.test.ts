import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { openEmbedded } from "../../../src/state/embedded/open.ts";
import { aJobEnd } from "../../contracts/backoff.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const day = 24 * 3_600_000;

it("forgets what has expired, finished jobs after 7 days, failures and what was found out about them after 30, and never a waiting or dead one", async () => {
  const file = join(await temporaryFolder(), "nextrust.db");
  let at = Date.now();
  const state = await openEmbedded({ file, now: () => at, timing: { pollMs: 10 } });
  const raw = new DatabaseSync(file, { readOnly: true });
  const left = (table: string, name: string) =>
    raw
      .prepare(`SELECT ${name} AS name FROM ${table} ORDER BY name`)
      .all()
      .map((row) => row.name);
  for (let index = 0; index < 1_200; index++) void state.keys.set(`short-${index}`, 1, 1_000);
  await state.keys.set("long", 1, 30 * day);
  await state.claims.claim("lost", "ann", 1_000);
  await state.claims.claim("kept", "ann", 1_000);
  await state.claims.settle("kept", "ann", { outcome: "done", result: 1 });
  state.worker.start({
    good: async () => {},
    async bad() {
      throw new Error("broken");
    },
  });
  await state.records.transaction(async (tx) => {
    for (const [runId, age] of [
      [7, 0],
      [8, 29 * day],
      [9, 31 * day],
    ] as const) {
      const attempt = { repository: "acme/shop", headSha: "ab", runId, attempt: 1 };
      await tx.backoff.add([aJobEnd({ runId, endedAt: at - age }), aJobEnd({ runId, attempt: 2, hasPassed: true, endedAt: at - age })]);
      const jobs = [{ jobId: runId, name: "test", url: "https://x.test", failedTests: [], moreFailedTests: 0 }];
      await tx.diagnoses.put({ ...attempt, verdict: "unknown", evidence: [], jobs, moreJobs: 0, at: at - age }, "branch:main");
    }
    await tx.queue.add({ id: "good", task: "good", payload: "large" });
    await tx.queue.add({ id: "bad", task: "bad", payload: null, maxAttempts: 1 });
    await tx.queue.add({ id: "waiting", task: "good", payload: null, runAt: at + 99 * day });
  });
  await expect.poll(() => raw.prepare("SELECT count(*) AS n FROM jobs WHERE state <> 'live'").get()?.n).toBe(2);
  await state.worker.stop(1_000);

  at += 6 * day;
  await state.purge();
  expect(left("keys", "key")).toEqual(["long"]);
  expect(left("claims", "key")).toEqual(["kept"]);
  expect(left("jobs", "id")).toEqual(["bad", "good", "waiting"]);
  expect(raw.prepare("SELECT payload FROM jobs WHERE id = 'good'").get()?.payload).toBe("");

  for (const table of ["diagnoses", "diagnosed_jobs"]) expect(left(table, "run_id")).toEqual([7]);
  expect(left("job_ends", "run_id")).toEqual([7, 7]);

  at += 2 * day;
  await state.purge();
  expect(left("claims", "key")).toEqual([]);
  expect(left("jobs", "id")).toEqual(["bad", "waiting"]);
  raw.close();
  await state.close();
});

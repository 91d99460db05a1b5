import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { openEmbedded } from "../../../src/state/embedded/open.ts";
import { anAsk } from "../../contracts/asks.ts";
import { aJobEnd } from "../../contracts/backoff.ts";
import { aFailure } from "../../contracts/observed.ts";
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
    await tx.observed.put(aFailure({ id: "old", at: at - 85 * day }));
    await tx.observed.put(aFailure({ id: "new", at }));
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
  expect(left("observations", "id")).toEqual(["failure:new"]);

  at += 2 * day;
  await state.purge();
  expect(left("claims", "key")).toEqual([]);
  expect(left("jobs", "id")).toEqual(["bad", "waiting"]);
  raw.close();
  await state.close();
});

it("forgets reservations that are over after 35 days, questions to models, crossings and limits of before after 400, and nothing that is open", async () => {
  const file = join(await temporaryFolder(), "nextrust.db");
  const at = Date.now();
  const state = await openEmbedded({ file, now: () => at });
  await state.records.transaction(async ({ asks, reservations, budgets }) => {
    for (const [name, age] of [
      ["young", 34 * day],
      ["old", 36 * day],
      ["open", 36 * day],
    ] as const) {
      await reservations.add({ id: name, service: "claude-code", estimatePico: 1n, leaseMs: 1 }, at - age);
      if (name !== "open") await reservations.end(name, name === "old" ? "settled" : "expired");
    }
    for (const days of [399, 401]) {
      const until = at - days * day;
      await asks.begin(anAsk({ id: `${days}` }), until);
      await budgets.override({ budget: `day-${days}`, limitPico: 1n, by: "ada", reason: "release", from: 0, until });
      const subject = { scope: "session", session: "s1" } as const;
      await budgets.cross({ budget: "s", period: `${days}`, level: "warning", at: until, subject, spentPico: 1n, limitPico: 1n });
    }
  });

  await state.purge();

  const raw = new DatabaseSync(file, { readOnly: true });
  const left = (sql: string) =>
    raw
      .prepare(sql)
      .all()
      .map(({ name }) => name);
  expect(left("SELECT id AS name FROM reservations ORDER BY id")).toEqual(["open", "young"]);
  expect(left("SELECT id AS name FROM asks")).toEqual(["399"]);
  expect(left("SELECT budget AS name FROM budget_overrides")).toEqual(["day-399"]);
  expect(left("SELECT period AS name FROM budget_crossings")).toEqual(["399"]);
  raw.close();
  await state.close();
});

import { setImmediate as nextTurn } from "node:timers/promises";
import { keptForMs } from "../../pipeline/backoff/backoff.ts";
import { diagnosesKeptForMs } from "../../pipeline/failures/diagnoses.ts";
import { decisionsKeptForMs } from "../../pipeline/orchestrator/decisions.ts";
import { runnerJobsKeptForMs } from "../../pipeline/runner-minutes/runner-minutes.ts";
import { observationsKeptForMs } from "../../pipeline/sessions/observed.ts";
import type { Connection } from "./connection.ts";
import type { GroupCommit } from "./group-commit.ts";

const everyMs = 60_000;
const batch = 500;
const keepDoneMs = 7 * 24 * 3_600_000;
/** A holder slower than its lease may still leave its result, as long as nobody took over. */
const keepLostClaimMs = 3_600_000;

const dayMs = 24 * 3_600_000;
/** Somebody compares a month with that of a year ago. */
const keepAsksMs = 400 * dayMs;
/** As long as late usage is looked at (see touchedBy); who asks for one of the same name then gets it anew. */
const keepReservationsMs = 35 * dayMs;
/** No comparison goes further back than a year. */
const keepAlertsMs = 400 * dayMs;

const steps = [
  { keepMs: 0, sql: "DELETE FROM keys WHERE key IN (SELECT key FROM keys WHERE expires_at <= ? LIMIT ?)" },
  { keepMs: keepLostClaimMs, sql: "DELETE FROM claims WHERE key IN (SELECT key FROM claims WHERE free_at <= ? LIMIT ?)" },
  { keepMs: keepDoneMs, sql: "DELETE FROM jobs WHERE seq IN (SELECT seq FROM jobs WHERE state = 'done' AND ended_at <= ? LIMIT ?)" },
  { keepMs: diagnosesKeptForMs, sql: "DELETE FROM diagnosed_jobs WHERE rowid IN (SELECT rowid FROM diagnosed_jobs WHERE at <= ? LIMIT ?)" },
  { keepMs: diagnosesKeptForMs, sql: "DELETE FROM diagnoses WHERE rowid IN (SELECT rowid FROM diagnoses WHERE at <= ? LIMIT ?)" },
  { keepMs: keptForMs, sql: "DELETE FROM job_ends WHERE rowid IN (SELECT rowid FROM job_ends WHERE ended_at <= ? LIMIT ?)" },
  {
    keepMs: runnerJobsKeptForMs,
    sql: "DELETE FROM runner_jobs WHERE rowid IN (SELECT rowid FROM runner_jobs WHERE ended_at <= ? LIMIT ?)",
  },
  {
    keepMs: runnerJobsKeptForMs,
    sql: "DELETE FROM runner_runs WHERE rowid IN (SELECT rowid FROM runner_runs WHERE placed_at <= ? LIMIT ?)",
  },
  {
    keepMs: observationsKeptForMs,
    sql: "DELETE FROM observations WHERE rowid IN (SELECT rowid FROM observations WHERE at <= ? LIMIT ?)",
  },
  { keepMs: decisionsKeptForMs, sql: "DELETE FROM decisions WHERE rowid IN (SELECT rowid FROM decisions WHERE at <= ? LIMIT ?)" },
  { keepMs: keepAsksMs, sql: "DELETE FROM asks WHERE rowid IN (SELECT rowid FROM asks WHERE at <= ? LIMIT ?)" },
  {
    keepMs: keepReservationsMs,
    sql: "DELETE FROM reservations WHERE rowid IN (SELECT rowid FROM reservations WHERE state IN ('settled', 'expired') AND at <= ? LIMIT ?)",
  },
  {
    keepMs: keepAlertsMs,
    sql: "DELETE FROM budget_crossings WHERE rowid IN (SELECT rowid FROM budget_crossings WHERE at <= ? LIMIT ?)",
  },
  {
    keepMs: keepAlertsMs,
    sql: "DELETE FROM budget_overrides WHERE rowid IN (SELECT rowid FROM budget_overrides WHERE until <= ? LIMIT ?)",
  },
];

/** Removes what has expired, a batch at a time so that nobody waits long for it. */
export async function purge(connection: Connection, group: GroupCommit, now: () => number): Promise<void> {
  for (const { keepMs, sql } of steps) {
    while ((await group.write(() => connection.run(sql, now() - keepMs, batch))) === batch) await nextTurn();
  }
}

/** Returns what ends it. */
export function purgeNowAndThen(run: () => Promise<void>, onError: (error: unknown) => void): () => void {
  let isUnderWay = false;
  const timer = setInterval(() => {
    if (isUnderWay) return;
    isUnderWay = true;
    run()
      .catch(onError)
      .finally(() => {
        isUnderWay = false;
      });
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

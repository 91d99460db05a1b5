import { type Kysely, sql } from "kysely";
import type { Flake, RunnerQuery } from "../../pipeline/runner-minutes/runner-minutes.ts";
import { dearestFirst, fits, spendColumns, toSpend } from "./runner-spend.ts";
import type { RecordTables } from "./tables.ts";

const failed = sql.raw("('failure', 'timed_out')");

/** It passed later on the same commit, in an attempt in which nothing of that name failed: so in another one. */
const hasPassedLater = sql<boolean>`EXISTS (
  SELECT 1 FROM runner_jobs AS later
  WHERE later.repository_key = runner_jobs.repository_key AND later.head_sha = runner_jobs.head_sha
    AND later.name = runner_jobs.name AND later.workflow = runner_jobs.workflow
    AND later.conclusion = 'success' AND later.ended_at > runner_jobs.ended_at
    AND NOT EXISTS (
      SELECT 1 FROM runner_jobs AS beside
      WHERE beside.repository_key = later.repository_key AND beside.head_sha = later.head_sha
        AND beside.name = later.name AND beside.workflow = later.workflow
        AND beside.run_id = later.run_id AND beside.attempt = later.attempt AND beside.conclusion IN ${failed}
    )
)`;

/** See RunnerMinutes.flakes. */
export async function findFlakes(db: Kysely<RecordTables>, query: RunnerQuery): Promise<readonly Flake[]> {
  const rows = await db
    .selectFrom("runner_jobs")
    .select(["repository_key", "name", "run_id"])
    .select((row) => [
      row.fn.max("repository").as("repository"),
      row.fn.countAll<number>().as("attempts"),
      row.fn.max("ended_at").as("last_at"),
      ...spendColumns,
    ])
    .where(fits(query))
    .where(sql<boolean>`runner_jobs.conclusion IN ${failed}`)
    .where(hasPassedLater)
    .groupBy(["repository_key", "name", "run_id"])
    .orderBy("run_id")
    .execute();
  const flakes = new Map<string, Flake>();
  for (const row of rows) {
    const key = `${row.repository_key} ${row.name}`;
    const spend = toSpend(row);
    const before = flakes.get(key);
    flakes.set(key, {
      repository: row.repository,
      job: row.name,
      failedAttempts: (before?.failedAttempts ?? 0) + Number(row.attempts),
      runIds: [...(before?.runIds ?? []), Number(row.run_id)],
      lastAt: Math.max(before?.lastAt ?? 0, Number(row.last_at)),
      pricedMs: (before?.pricedMs ?? 0) + spend.pricedMs,
      freeMs: (before?.freeMs ?? 0) + spend.freeMs,
      unpricedMs: (before?.unpricedMs ?? 0) + spend.unpricedMs,
      costPico: (before?.costPico ?? 0n) + spend.costPico,
    });
  }
  return [...flakes.values()].toSorted((one, other) => dearestFirst(one, other) || one.job.localeCompare(other.job, "en"));
}

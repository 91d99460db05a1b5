import { type Kysely, sql } from "kysely";

export interface RunnerTables {
  /** One row for each attempt of a job. */
  runner_jobs: {
    /** As written; `repository_key` in lower case. */
    repository: string;
    repository_key: string;
    run_id: number;
    attempt: number;
    job_id: number;
    name: string;
    workflow: string;
    head_sha: string;
    label: string;
    started_at: number;
    ended_at: number;
    conclusion: string;
    billed_ms: number;
    basis: string;
    /** 10^12 are a dollar; only ever read in two parts, as that of usage_entries. null: unpriced. */
    cost_pico: bigint | null;
  };
  /** Which pull request a run is of, where it is of one. */
  runner_runs: {
    repository_key: string;
    run_id: number;
    pull_request: number;
    placed_at: number;
  };
}

export async function createRunnerTables(db: Kysely<never>): Promise<void> {
  await db.schema
    .createTable("runner_jobs")
    .addColumn("repository", "text", (column) => column.notNull())
    .addColumn("repository_key", "text", (column) => column.notNull())
    .addColumn("run_id", "bigint", (column) => column.notNull())
    .addColumn("attempt", "integer", (column) => column.notNull())
    .addColumn("job_id", "bigint", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("workflow", "text", (column) => column.notNull())
    .addColumn("head_sha", "text", (column) => column.notNull())
    .addColumn("label", "text", (column) => column.notNull())
    .addColumn("started_at", "bigint", (column) => column.notNull())
    .addColumn("ended_at", "bigint", (column) => column.notNull())
    .addColumn("conclusion", "text", (column) => column.notNull())
    .addColumn("billed_ms", "bigint", (column) => column.notNull())
    .addColumn("basis", "text", (column) => column.notNull())
    .addColumn("cost_pico", "bigint")
    .addPrimaryKeyConstraint("runner_jobs_key", ["repository_key", "job_id", "attempt"] as never)
    .execute();
  await db.schema.createIndex("runner_jobs_ended").on("runner_jobs").column("ended_at").execute();
  await db.schema.createIndex("runner_jobs_run").on("runner_jobs").columns(["repository_key", "run_id"]).execute();
  await db.schema.createIndex("runner_jobs_commit").on("runner_jobs").columns(["repository_key", "head_sha", "name"]).execute();

  await db.schema
    .createTable("runner_runs")
    .addColumn("repository_key", "text", (column) => column.notNull())
    .addColumn("run_id", "bigint", (column) => column.notNull())
    .addColumn("pull_request", "integer", (column) => column.notNull())
    .addColumn("placed_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("runner_runs_key", ["repository_key", "run_id"] as never)
    .execute();
  await db.schema.createIndex("runner_runs_pull").on("runner_runs").columns(["repository_key", "pull_request"]).execute();
  // What a flake cost includes what its runs cost in AI.
  await sql`CREATE INDEX usage_run ON usage_entries (run_id) WHERE run_id IS NOT NULL`.execute(db);
}

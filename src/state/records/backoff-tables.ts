import type { Kysely } from "kysely";

export interface BackoffTables {
  job_ends: {
    /** In lower case. */
    repository: string;
    workflow_id: number;
    job: string;
    run_id: number;
    attempt: number;
    head_sha: string;
    workflow: string;
    /** 1 or 0. */
    has_passed: number;
    ended_at: number;
    /** 1 when it no longer counts; it is kept so that telling it again does not count it again. */
    is_cleared: number;
  };
}

/** The first shape, by workflow and not by job. */
export async function createFailures(db: Kysely<never>): Promise<void> {
  await db.schema
    .createTable("failures")
    .addColumn("repository", "text", (column) => column.notNull())
    .addColumn("run_id", "bigint", (column) => column.notNull())
    .addColumn("attempt", "integer", (column) => column.notNull())
    .addColumn("head_sha", "text", (column) => column.notNull())
    .addColumn("workflow_id", "bigint", (column) => column.notNull())
    .addColumn("workflow", "text", (column) => column.notNull())
    .addColumn("failed_at", "bigint", (column) => column.notNull())
    .addColumn("is_cleared", "integer", (column) => column.notNull().defaultTo(0))
    .addPrimaryKeyConstraint("failures_key", ["repository", "run_id", "attempt"] as never)
    .execute();
  await db.schema.createIndex("failures_commit").on("failures").columns(["repository", "head_sha"]).execute();
  await db.schema.createIndex("failures_age").on("failures").column("failed_at").execute();
}

/** What was counted before knew no jobs, and kept people from retrying: it is dropped. */
export async function createJobEnds(db: Kysely<never>): Promise<void> {
  await db.schema.dropTable("failures").execute();
  await db.schema
    .createTable("job_ends")
    .addColumn("repository", "text", (column) => column.notNull())
    .addColumn("workflow_id", "bigint", (column) => column.notNull())
    .addColumn("job", "text", (column) => column.notNull())
    .addColumn("run_id", "bigint", (column) => column.notNull())
    .addColumn("attempt", "integer", (column) => column.notNull())
    .addColumn("head_sha", "text", (column) => column.notNull())
    .addColumn("workflow", "text", (column) => column.notNull())
    .addColumn("has_passed", "integer", (column) => column.notNull())
    .addColumn("ended_at", "bigint", (column) => column.notNull())
    .addColumn("is_cleared", "integer", (column) => column.notNull().defaultTo(0))
    .addPrimaryKeyConstraint("job_ends_key", ["repository", "run_id", "attempt", "job"] as never)
    .execute();
  await db.schema.createIndex("job_ends_commit").on("job_ends").columns(["repository", "head_sha", "workflow_id", "job"]).execute();
  await db.schema.createIndex("job_ends_age").on("job_ends").column("ended_at").execute();
}

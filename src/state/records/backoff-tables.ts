import type { Kysely } from "kysely";

export interface BackoffTables {
  failures: {
    /** In lower case. */
    repository: string;
    run_id: number;
    attempt: number;
    head_sha: string;
    workflow_id: number;
    workflow: string;
    failed_at: number;
    /** 1 when it no longer counts; it is kept so that telling it again does not count it again. */
    is_cleared: number;
  };
}

export async function createBackoffTables(db: Kysely<never>): Promise<void> {
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

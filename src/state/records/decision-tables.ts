import type { Kysely } from "kysely";

export interface DecisionTables {
  decisions: {
    id: string;
    /** In lower case. */
    repository_key: string;
    /** The failure's. */
    key: string;
    workflow_id: number;
    head_sha: string;
    at: number;
    is_carried_out: number;
    /** Both are null until they are known. */
    again: string | null;
    truth: string | null;
    /** The decision as JSON. */
    body: string;
  };
}

export async function createDecisionTables(db: Kysely<never>): Promise<void> {
  await db.schema
    .createTable("decisions")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("repository_key", "text", (column) => column.notNull())
    .addColumn("key", "text", (column) => column.notNull())
    .addColumn("workflow_id", "bigint", (column) => column.notNull())
    .addColumn("head_sha", "text", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("is_carried_out", "integer", (column) => column.notNull())
    .addColumn("again", "text")
    .addColumn("truth", "text")
    .addColumn("body", "text", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("decisions_key").on("decisions").columns(["repository_key", "key", "at"]).execute();
  await db.schema.createIndex("decisions_open").on("decisions").columns(["repository_key", "workflow_id", "truth"]).execute();
  await db.schema.createIndex("decisions_commit").on("decisions").columns(["repository_key", "head_sha"]).execute();
  await db.schema.createIndex("decisions_at").on("decisions").column("at").execute();
}

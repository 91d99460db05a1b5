import type { Kysely } from "kysely";

export interface AskTables {
  asks: {
    id: string;
    purpose: string;
    channel: string;
    /** As written; `repository_key` in lower case. */
    repository: string | null;
    repository_key: string | null;
    at: number;
    tries: number;
    ended_at: number | null;
    /** The ask as JSON, and its end. */
    body: string;
    end_body: string | null;
  };
}

export async function createAskTables(db: Kysely<never>): Promise<void> {
  await db.schema
    .createTable("asks")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("purpose", "text", (column) => column.notNull())
    .addColumn("channel", "text", (column) => column.notNull())
    .addColumn("repository", "text")
    .addColumn("repository_key", "text")
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("tries", "integer", (column) => column.notNull())
    .addColumn("ended_at", "bigint")
    .addColumn("body", "text", (column) => column.notNull())
    .addColumn("end_body", "text")
    .execute();
  await db.schema.createIndex("asks_at").on("asks").columns(["at"]).execute();
}

import type { ColumnDefinitionBuilder, Kysely } from "kysely";

/** Channel policy and what people want to hear. Times are milliseconds since the epoch; repositories are in lower case where they are looked for. */
export interface PolicyTables {
  subscriptions: {
    number: number;
    intent: string;
    channel: string;
    since: number;
    ended_at: number | null;
    ended_by: string | null;
    body: string;
  };
  held_messages: { key: string; audience: string; release_at: number; held_at: number; why: string; line: string };
  notes: { key: string; written_at: number; body: string };
  watches: { person: string; repository: string; number: number; head_sha: string; body: string };
  mutes: { person: string; until: number };
}

export async function createPolicyTables(db: Kysely<never>): Promise<void> {
  const text = (column: ColumnDefinitionBuilder) => column.notNull();
  await db.schema
    .createTable("subscriptions")
    .addColumn("number", "integer", (column) => column.primaryKey().notNull())
    .addColumn("intent", "text", (column) => column.notNull().unique())
    .addColumn("channel", "text", text)
    .addColumn("since", "bigint", text)
    .addColumn("ended_at", "bigint")
    .addColumn("ended_by", "text")
    .addColumn("body", "text", text)
    .execute();
  await db.schema
    .createTable("held_messages")
    .addColumn("key", "text", (column) => column.primaryKey().notNull())
    .addColumn("audience", "text", text)
    .addColumn("release_at", "bigint", text)
    .addColumn("held_at", "bigint", text)
    .addColumn("why", "text", text)
    .addColumn("line", "text", text)
    .execute();
  await db.schema.createIndex("held_messages_due").on("held_messages").columns(["audience", "release_at"]).execute();
  await db.schema
    .createTable("notes")
    .addColumn("key", "text", (column) => column.primaryKey().notNull())
    .addColumn("written_at", "bigint", text)
    .addColumn("body", "text", text)
    .execute();
  await db.schema
    .createTable("watches")
    .addColumn("person", "text", text)
    .addColumn("repository", "text", text)
    .addColumn("number", "integer", text)
    .addColumn("head_sha", "text", text)
    .addColumn("body", "text", text)
    .addPrimaryKeyConstraint("watches_pk", ["person", "repository", "number"])
    .execute();
  await db.schema.createIndex("watches_pull").on("watches").columns(["repository", "number"]).execute();
  await db.schema.createIndex("watches_head").on("watches").columns(["repository", "head_sha"]).execute();
  await db.schema
    .createTable("mutes")
    .addColumn("person", "text", (column) => column.primaryKey().notNull())
    .addColumn("until", "bigint", text)
    .execute();
}

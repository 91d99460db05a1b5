import { type Kysely, sql } from "kysely";

/** Repositories are in lower case, times are milliseconds since the epoch, and `body` is the whole as JSON. */
export interface IncidentTables {
  incidents: {
    number: number;
    key: string;
    repository: string;
    opened_at: number;
    resolved_at: number | null;
    version: number;
    body: string;
  };
  incident_transitions: { incident: number; ordinal: number; at: number; body: string };
}

export async function createIncidentTables(db: Kysely<never>): Promise<void> {
  await db.schema
    .createTable("incidents")
    .addColumn("number", "integer", (column) => column.primaryKey().notNull())
    .addColumn("key", "text", (column) => column.notNull())
    .addColumn("repository", "text", (column) => column.notNull())
    .addColumn("opened_at", "bigint", (column) => column.notNull())
    .addColumn("resolved_at", "bigint")
    .addColumn("version", "integer", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .execute();
  // Whatever goes wrong above, two open incidents of one key cannot be.
  await db.schema.createIndex("incidents_open").unique().on("incidents").column("key").where(sql`resolved_at`, "is", null).execute();
  await db.schema.createIndex("incidents_opened").on("incidents").columns(["repository", "opened_at"]).execute();
  await db.schema.createIndex("incidents_resolved").on("incidents").columns(["key", "resolved_at"]).execute();
  await db.schema
    .createTable("incident_transitions")
    .addColumn("incident", "integer", (column) => column.notNull())
    .addColumn("ordinal", "integer", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("incident_transitions_pk", ["incident", "ordinal"] as never)
    .execute();
}

import { type Kysely, sql } from "kysely";

export interface UsageTables {
  usage_entries: {
    id: string;
    at: number;
    provider: string;
    model: string;
    service: string;
    basis: string;
    session: string | null;
    /** As written; `repository_key` in lower case. */
    repository: string | null;
    repository_key: string | null;
    pull_request: number | null;
    run_id: number | null;
    attempt: number | null;
    head_sha: string | null;
    phase: string | null;
    actor: string | null;
    uncached_in: number;
    cache_read: number;
    cache_write_5m: number;
    cache_write_1h: number;
    out: number;
    reasoning: number;
    /** 10^12 are a dollar; above 2^53 it cannot be read as a number, so that it is only ever read in two parts. null: unpriced. */
    cost_pico: bigint | null;
    priced_by: string;
    reservation: string | null;
    /** Of a sum: what it is of. */
    sum_of: string | null;
    /** 1: a sum that gave way to its requests; it counts nowhere. */
    is_covered: number;
    /** Of several tellings of one request the one with the greatest stays. */
    precedence: string;
  };
}

export async function createUsageTables(db: Kysely<never>): Promise<void> {
  await db.schema
    .createTable("usage_entries")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("provider", "text", (column) => column.notNull())
    .addColumn("model", "text", (column) => column.notNull())
    .addColumn("service", "text", (column) => column.notNull())
    .addColumn("basis", "text", (column) => column.notNull())
    .addColumn("session", "text")
    .addColumn("repository", "text")
    .addColumn("repository_key", "text")
    .addColumn("pull_request", "integer")
    .addColumn("run_id", "bigint")
    .addColumn("phase", "text")
    .addColumn("actor", "text")
    .addColumn("uncached_in", "bigint", (column) => column.notNull())
    .addColumn("cache_read", "bigint", (column) => column.notNull())
    .addColumn("cache_write_5m", "bigint", (column) => column.notNull())
    .addColumn("cache_write_1h", "bigint", (column) => column.notNull())
    .addColumn("out", "bigint", (column) => column.notNull())
    .addColumn("reasoning", "bigint", (column) => column.notNull())
    .addColumn("cost_pico", "bigint")
    .addColumn("priced_by", "text", (column) => column.notNull())
    .addColumn("reservation", "text")
    .addColumn("sum_of", "text")
    .addColumn("is_covered", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("precedence", "text", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("usage_at").on("usage_entries").column("at").execute();
  // Budgets add up whole months of it: the index alone answers.
  await sql`CREATE INDEX usage_metered ON usage_entries (at, cost_pico) WHERE basis = 'metered' AND is_covered = 0`.execute(db);
  await sql`CREATE INDEX usage_unpriced ON usage_entries (at) WHERE cost_pico IS NULL AND is_covered = 0`.execute(db);
  await sql`CREATE INDEX usage_session ON usage_entries (session) WHERE session IS NOT NULL`.execute(db);
  await sql`CREATE INDEX usage_pull ON usage_entries (repository_key, pull_request) WHERE pull_request IS NOT NULL`.execute(db);
  await sql`CREATE INDEX usage_sums ON usage_entries (sum_of) WHERE sum_of IS NOT NULL`.execute(db);
  await sql`CREATE INDEX usage_reservation ON usage_entries (reservation) WHERE reservation IS NOT NULL`.execute(db);
}

/** Limits of a model add up its requests of a month. */
export async function createModelIndex(db: Kysely<never>): Promise<void> {
  await db.schema.createIndex("usage_model").on("usage_entries").columns(["model", "at"]).execute();
}

/** Which attempt of a run it was, and at which commit. */
export async function addAttemptAndCommit(db: Kysely<never>): Promise<void> {
  await db.schema.alterTable("usage_entries").addColumn("attempt", "integer").execute();
  await db.schema.alterTable("usage_entries").addColumn("head_sha", "text").execute();
}

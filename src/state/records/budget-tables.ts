import type { Kysely } from "kysely";

/** Amounts are pico-dollars in decimal digits: they are compared and added nowhere in the database. */
export interface BudgetTables {
  budget_touched: { budget: string; period: string; subject: string };
  budget_crossings: {
    budget: string;
    period: string;
    level: string;
    at: number;
    subject: string;
    spent_pico: string;
    limit_pico: string;
    alert: string | null;
    /** 0: it still stands. */
    taken_back_at: number;
  };
  budget_overrides: { budget: string; limit_pico: string; by: string; reason: string; since: number; until: number };
  reservations: {
    id: string;
    service: string;
    model: string | null;
    at: number;
    expires_at: number;
    state: string;
    /** The whole wish. */
    body: string;
  };
}

export async function createBudgetTables(db: Kysely<never>): Promise<void> {
  await db.schema
    .createTable("budget_touched")
    .addColumn("budget", "text", (column) => column.notNull())
    .addColumn("period", "text", (column) => column.notNull())
    .addColumn("subject", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("budget_touched_key", ["budget", "period"] as never)
    .execute();
  await db.schema
    .createTable("budget_crossings")
    .addColumn("budget", "text", (column) => column.notNull())
    .addColumn("period", "text", (column) => column.notNull())
    .addColumn("level", "text", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("subject", "text", (column) => column.notNull())
    .addColumn("spent_pico", "text", (column) => column.notNull())
    .addColumn("limit_pico", "text", (column) => column.notNull())
    .addColumn("alert", "text")
    .addColumn("taken_back_at", "bigint", (column) => column.notNull().defaultTo(0))
    .addPrimaryKeyConstraint("budget_crossings_key", ["budget", "period", "level", "taken_back_at"] as never)
    .execute();
  await db.schema.createIndex("budget_crossings_alert").on("budget_crossings").column("alert").execute();
  await db.schema.createIndex("budget_crossings_at").on("budget_crossings").column("at").execute();
  await db.schema
    .createTable("budget_overrides")
    .addColumn("budget", "text", (column) => column.notNull())
    .addColumn("limit_pico", "text", (column) => column.notNull())
    .addColumn("by", "text", (column) => column.notNull())
    .addColumn("reason", "text", (column) => column.notNull())
    .addColumn("since", "bigint", (column) => column.notNull())
    .addColumn("until", "bigint", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("budget_overrides_until").on("budget_overrides").columns(["until", "budget"]).execute();
  await db.schema
    .createTable("reservations")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("service", "text", (column) => column.notNull())
    .addColumn("model", "text")
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("reservations_state").on("reservations").columns(["state", "at"]).execute();
  await db.schema.createIndex("reservations_service").on("reservations").columns(["service", "at"]).execute();
}

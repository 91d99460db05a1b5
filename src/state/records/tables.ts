import type { ColumnDefinitionBuilder, Generated, Kysely } from "kysely";
import type { AskTables } from "./ask-tables.ts";
import type { BackoffTables } from "./backoff-tables.ts";
import type { BudgetTables } from "./budget-tables.ts";
import type { DecisionTables } from "./decision-tables.ts";
import type { DiagnosisTables } from "./diagnosis-tables.ts";
import type { IncidentTables } from "./incident-tables.ts";
import type { KnownIssueTables } from "./known-issues.ts";
import type { LinkTables } from "./links.ts";
import type { MirrorTables } from "./mirrors.ts";
import type { ObservationTables } from "./observed.ts";
import type { PhaseTables } from "./phase-tables.ts";
import type { PolicyTables } from "./policy-tables.ts";
import type { RunnerTables } from "./runner-tables.ts";
import type { UsageTables } from "./usage-tables.ts";

/** What the repositories of both databases read and write. Times are milliseconds since the epoch; answers, replies and addresses are JSON. */
export interface RecordTables
  extends AskTables,
    BackoffTables,
    BudgetTables,
    DecisionTables,
    DiagnosisTables,
    IncidentTables,
    KnownIssueTables,
    LinkTables,
    MirrorTables,
    ObservationTables,
    PhaseTables,
    PolicyTables,
    RunnerTables,
    UsageTables {
  audit: {
    id: Generated<number>;
    intent: string;
    ended_at: number;
    duration_ms: number;
    surface: string;
    actor: string;
    actor_name: string;
    command: string;
    text: string;
    repository: string | null;
    pull_request: number | null;
    outcome: string;
    reason: string;
    reply: string;
  };
  messages: {
    key: string;
    lane: string;
    address: string;
    asker: string;
    answers: string;
    version: number;
    put_at: number;
    tried_at: number | null;
    sent_version: Generated<number>;
    external_id: string | null;
  };
  /** `body` is the whole operation; the other columns are what it is looked for by. */
  operations: {
    id: string;
    intent: string;
    repository: string;
    run_id: number | null;
    stage: string;
    asked_at: number;
    seen_at: number;
    body: string;
  };
  freezes: {
    /** The repository in lower case. */
    key: string;
    repository: string;
    by: string;
    intent: string;
    since: number;
    reason: string | null;
  };
}

/** The dialects count rows differently, so the caller says how its `id` column does. */
export async function createRecordTables(
  db: Kysely<never>,
  counted: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder,
): Promise<void> {
  await db.schema
    .createTable("audit")
    .addColumn("id", "integer", (column) => counted(column.primaryKey()))
    .addColumn("intent", "text", (column) => column.notNull())
    .addColumn("ended_at", "bigint", (column) => column.notNull())
    .addColumn("duration_ms", "bigint", (column) => column.notNull())
    .addColumn("surface", "text", (column) => column.notNull())
    .addColumn("actor", "text", (column) => column.notNull())
    .addColumn("actor_name", "text", (column) => column.notNull())
    .addColumn("command", "text", (column) => column.notNull())
    .addColumn("text", "text", (column) => column.notNull())
    .addColumn("repository", "text")
    .addColumn("outcome", "text", (column) => column.notNull())
    .addColumn("reason", "text", (column) => column.notNull())
    .addColumn("reply", "text", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("audit_intent").on("audit").columns(["intent", "id"]).execute();

  await db.schema
    .createTable("messages")
    .addColumn("key", "text", (column) => column.primaryKey().notNull())
    .addColumn("lane", "text", (column) => column.notNull())
    .addColumn("address", "text", (column) => column.notNull())
    .addColumn("asker", "text", (column) => column.notNull())
    .addColumn("answers", "text", (column) => column.notNull())
    .addColumn("version", "integer", (column) => column.notNull())
    .addColumn("put_at", "bigint", (column) => column.notNull())
    .addColumn("tried_at", "bigint")
    .addColumn("sent_version", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("external_id", "text")
    .execute();
  await db.schema.createIndex("messages_lane").on("messages").columns(["lane", "put_at"]).execute();
}

export async function createOperationTables(db: Kysely<never>): Promise<void> {
  await db.schema
    .createTable("operations")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("intent", "text", (column) => column.notNull())
    .addColumn("repository", "text", (column) => column.notNull())
    .addColumn("run_id", "bigint")
    .addColumn("stage", "text", (column) => column.notNull())
    .addColumn("asked_at", "bigint", (column) => column.notNull())
    .addColumn("seen_at", "bigint", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("operations_intent").on("operations").column("intent").execute();
  await db.schema.createIndex("operations_run").on("operations").columns(["repository", "run_id", "stage"]).execute();

  await db.schema
    .createTable("freezes")
    .addColumn("key", "text", (column) => column.primaryKey().notNull())
    .addColumn("repository", "text", (column) => column.notNull())
    .addColumn("by", "text", (column) => column.notNull())
    .addColumn("intent", "text", (column) => column.notNull())
    .addColumn("since", "bigint", (column) => column.notNull())
    .addColumn("reason", "text")
    .execute();
}

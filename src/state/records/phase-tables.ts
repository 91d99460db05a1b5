import type { Kysely } from "kysely";

export interface PhaseTables {
  phase_changes: {
    /** The repository in lower case. */
    key: string;
    number: number;
    repository: string;
    kind: string;
    from_phase: string;
    to_phase: string;
    actor: string;
    actor_name: string;
    changed_at: number;
    reason: string | null;
  };
}

export async function createPhaseTables(db: Kysely<never>): Promise<void> {
  await db.schema
    .createTable("phase_changes")
    .addColumn("key", "text", (column) => column.notNull())
    .addColumn("number", "integer", (column) => column.notNull())
    .addColumn("repository", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("from_phase", "text", (column) => column.notNull())
    .addColumn("to_phase", "text", (column) => column.notNull())
    .addColumn("actor", "text", (column) => column.notNull())
    .addColumn("actor_name", "text", (column) => column.notNull())
    .addColumn("changed_at", "bigint", (column) => column.notNull())
    .addColumn("reason", "text")
    .addPrimaryKeyConstraint("phase_changes_key", ["key", "number"] as never)
    .execute();
}

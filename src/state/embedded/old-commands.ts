import { existsSync } from "node:fs";
import { Kysely } from "kysely";
import type { AuditEntry } from "../../pipeline/audit.ts";
import { toAuditValues } from "../records/audit.ts";
import type { RecordTables } from "../records/tables.ts";
import { embeddedDialect } from "./kysely-dialect.ts";
import { openConnection } from "./open-connection.ts";
import { openSnapshot } from "./open-snapshot.ts";

/**
 * Which commands of before our time are in the audit of a state file, by their intents. It creates and changes nothing.
 *
 * @param prefix what all of their intents begin with
 * @throws ServiceError, as openSnapshot does
 */
export async function oldCommandsIn(file: string, prefix: string): Promise<ReadonlySet<string>> {
  if (!existsSync(file)) return new Set();
  const { db, close } = await openSnapshot(file, { table: "audit", column: "pull_request" });
  try {
    const rows = await db.selectFrom("audit").select("intent").where("intent", "like", `${prefix}%`).execute();
    return new Set(rows.map(({ intent }) => intent));
  } finally {
    close();
  }
}

/**
 * Puts commands of before our time below all others in the audit, which lists later ones first, in their order: all of them or none.
 *
 * @param entries none of them is in the audit
 * @throws ServiceError, as openConnection does
 */
export async function putOldCommands(file: string, entries: readonly AuditEntry[]): Promise<void> {
  const connection = await openConnection(file, Math.random);
  try {
    connection.script("BEGIN IMMEDIATE");
    const lowest = connection.first<{ id: number | null }>("SELECT min(id) AS id FROM audit")?.id ?? 0;
    const db = new Kysely<RecordTables>({ dialect: embeddedDialect(connection, () => {}) });
    const sorted = entries.toSorted((one, other) => one.endedAt - other.endedAt);
    // Nothing has the number 0, and what is below it was never given by the bot.
    const first = Math.min(lowest, 0) - sorted.length;
    for (const [index, entry] of sorted.entries()) {
      await db
        .insertInto("audit")
        .values({ ...toAuditValues(entry), id: first + index })
        .execute();
    }
    connection.run("COMMIT");
  } finally {
    if (connection.isInTransaction) connection.run("ROLLBACK");
    connection.close();
  }
}

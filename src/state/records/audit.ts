import type { Kysely, Selectable } from "kysely";
import type { Audit, AuditEntry } from "../../pipeline/audit.ts";
import { kyselyAuditSearch } from "./audit-search.ts";
import type { RecordTables } from "./tables.ts";

export function kyselyAudit(db: Kysely<RecordTables>): Audit {
  return {
    ...kyselyAuditSearch(db),

    async append(entry) {
      await db.insertInto("audit").values(toAuditValues(entry)).execute();
    },

    async finished(intent) {
      const row = await db
        .selectFrom("audit")
        .selectAll()
        .where("intent", "=", intent)
        .where("outcome", "<>", "failed")
        .orderBy("id", "desc")
        .limit(1)
        .executeTakeFirst();
      return row && toEntry(row);
    },

    async latest(limit) {
      const rows = await db.selectFrom("audit").selectAll().orderBy("id", "desc").limit(limit).execute();
      return rows.map(toEntry);
    },
  };
}

export const toAuditValues = (entry: AuditEntry) => ({
  intent: entry.intent,
  ended_at: entry.endedAt,
  duration_ms: entry.durationMs,
  surface: entry.surface,
  actor: entry.actor,
  actor_name: entry.actorName,
  command: entry.command,
  text: entry.text,
  repository: entry.repository ?? null,
  pull_request: entry.pullRequest ?? null,
  outcome: entry.outcome,
  reason: entry.reason,
  reply: JSON.stringify(entry.reply),
});

function toEntry(row: Selectable<RecordTables["audit"]>): AuditEntry {
  return {
    intent: row.intent,
    endedAt: row.ended_at,
    durationMs: row.duration_ms,
    surface: row.surface as AuditEntry["surface"],
    actor: row.actor,
    actorName: row.actor_name,
    command: row.command,
    text: row.text,
    ...(row.repository !== null && { repository: row.repository }),
    ...(row.pull_request !== null && { pullRequest: row.pull_request }),
    outcome: row.outcome as AuditEntry["outcome"],
    reason: row.reason,
    reply: JSON.parse(row.reply),
  };
}

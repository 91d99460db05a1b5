import { type ExpressionBuilder, type Kysely, type Selectable, type SqlBool, sql } from "kysely";
import type { AuditActor, AuditFilter, AuditRow, AuditSearch } from "../../pipeline/audit.ts";
import type { RecordTables } from "./tables.ts";

const columns = [
  ...(["id", "intent", "ended_at", "duration_ms", "surface", "actor", "actor_name", "command", "text"] as const),
  ...(["repository", "pull_request", "outcome", "reason"] as const),
] as const;

/** Adds what the search asks for: the pull request, and an index by repository. */
export async function createAuditSearch(db: Kysely<never>): Promise<void> {
  await db.schema.alterTable("audit").addColumn("pull_request", "integer").execute();
  await db.schema.createIndex("audit_repository").on("audit").expression(sql`lower(repository), id`).execute();
}

export function kyselyAuditSearch(db: Kysely<RecordTables>): AuditSearch {
  return {
    async search(filter, { limit, before }) {
      const found = db
        .selectFrom("audit")
        .where((row) => row.and([...conditions(row, filter), ...(before ? [row("id", "<", before)] : [])]));
      const rows = await found.select(columns).orderBy("id", "desc").limit(limit).execute();
      const { count } = await found.select((row) => row.fn.countAll().as("count")).executeTakeFirstOrThrow();
      return { rows: rows.map(toRow), more: Number(count) - rows.length };
    },
  };
}

type Builder = ExpressionBuilder<RecordTables, "audit">;

function conditions(row: Builder, { repository, pullRequest, actor, command, outcome, since, until }: AuditFilter) {
  return [
    ...(repository === undefined ? [] : [sql<SqlBool>`lower(repository) = ${repository.toLowerCase()}`]),
    ...(pullRequest === undefined ? [] : [row("pull_request", "=", pullRequest)]),
    ...(actor === undefined ? [] : [isActor(row, actor)]),
    ...(command === undefined ? [] : [row("command", "=", command)]),
    ...(outcome === undefined ? [] : [row("outcome", "=", outcome)]),
    ...(since === undefined ? [] : [row("ended_at", ">=", since)]),
    ...(until === undefined ? [] : [row("ended_at", "<", until)]),
  ];
}

function isActor(row: Builder, { name, accountId, slackUser }: AuditActor) {
  return row.or([
    ...(name === undefined ? [] : [sql<SqlBool>`lower(actor_name) = ${name.toLowerCase()}`]),
    ...(accountId === undefined ? [] : [row("actor", "=", `github:${accountId}`)]),
    // `slack:T1/U1`; an id is letters and digits, so nothing in it is a wildcard.
    ...(slackUser === undefined ? [] : [row("actor", "like", `slack:%/${slackUser}`)]),
  ]);
}

type Found = Pick<Selectable<RecordTables["audit"]>, (typeof columns)[number]>;

function toRow(row: Found): AuditRow {
  return {
    id: row.id,
    intent: row.intent,
    endedAt: row.ended_at,
    durationMs: row.duration_ms,
    surface: row.surface as AuditRow["surface"],
    actor: row.actor,
    actorName: row.actor_name,
    command: row.command,
    text: row.text,
    ...(row.repository !== null && { repository: row.repository }),
    ...(row.pull_request !== null && { pullRequest: row.pull_request }),
    outcome: row.outcome as AuditRow["outcome"],
    reason: row.reason,
  };
}

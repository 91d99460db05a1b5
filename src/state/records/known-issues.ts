import type { Kysely } from "kysely";
import type { Fix, KnownIssueBook } from "../../pipeline/known-issues/book.ts";
import type { RecordTables } from "./tables.ts";

export interface KnownIssueTables {
  known_issue_sightings: {
    issue: string;
    /** In lower case. */
    repository: string;
    run_id: number;
    attempt: number;
    seen_at: number;
  };
  known_issue_fixes: {
    /** In lower case. */
    key: string;
    head_sha: string;
    job: string;
    issue: string;
    repository: string;
    run_id: number;
    attempt: number;
    type: string;
    begun_at: number;
    /** Both are null while it is under way. */
    has_succeeded: number | null;
    ended_at: number | null;
  };
}

export async function createKnownIssueTables(db: Kysely<never>): Promise<void> {
  await db.schema
    .createTable("known_issue_sightings")
    .addColumn("issue", "text", (column) => column.notNull())
    .addColumn("repository", "text", (column) => column.notNull())
    .addColumn("run_id", "bigint", (column) => column.notNull())
    .addColumn("attempt", "integer", (column) => column.notNull())
    .addColumn("seen_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("known_issue_sightings_key", ["issue", "repository", "run_id", "attempt"] as never)
    .execute();
  await db.schema
    .createTable("known_issue_fixes")
    .addColumn("key", "text", (column) => column.notNull())
    .addColumn("head_sha", "text", (column) => column.notNull())
    .addColumn("job", "text", (column) => column.notNull())
    .addColumn("issue", "text", (column) => column.notNull())
    .addColumn("repository", "text", (column) => column.notNull())
    .addColumn("run_id", "bigint", (column) => column.notNull())
    .addColumn("attempt", "integer", (column) => column.notNull())
    .addColumn("type", "text", (column) => column.notNull())
    .addColumn("begun_at", "bigint", (column) => column.notNull())
    .addColumn("has_succeeded", "integer")
    .addColumn("ended_at", "bigint")
    .addPrimaryKeyConstraint("known_issue_fixes_key", ["key", "head_sha", "job"] as never)
    .execute();
  await db.schema.createIndex("known_issue_fixes_issue").on("known_issue_fixes").column("issue").execute();
}

export function kyselyKnownIssues(db: Kysely<RecordTables>): KnownIssueBook {
  return {
    async seen(issue, repository, runId, attempt, at) {
      await db
        .insertInto("known_issue_sightings")
        .values({ issue, repository: repository.toLowerCase(), run_id: runId, attempt, seen_at: at })
        .onConflict((conflict) => conflict.columns(["issue", "repository", "run_id", "attempt"]).doNothing())
        .execute();
    },

    async begin({ issue, repository, headSha, runId, attempt, job, type, at }) {
      const { numInsertedOrUpdatedRows = 0n } = await db
        .insertInto("known_issue_fixes")
        .values({ ...keyOf(repository, headSha), job, issue, repository, run_id: runId, attempt, type, begun_at: at })
        .onConflict((conflict) => conflict.columns(["key", "head_sha", "job"]).doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows > 0n;
    },

    async underWay(repository, headSha) {
      const { key, head_sha } = keyOf(repository, headSha);
      const rows = await db
        .selectFrom("known_issue_fixes")
        .selectAll()
        .where("key", "=", key)
        .where("head_sha", "=", head_sha)
        .where("ended_at", "is", null)
        .orderBy("begun_at")
        .orderBy("job")
        .execute();
      return rows.map(toFix);
    },

    async end({ repository, headSha, job }, hasSucceeded, at) {
      const { key, head_sha } = keyOf(repository, headSha);
      await db
        .updateTable("known_issue_fixes")
        .set({ has_succeeded: hasSucceeded ? 1 : 0, ended_at: at })
        .where("key", "=", key)
        .where("head_sha", "=", head_sha)
        .where("job", "=", job)
        .where("ended_at", "is", null)
        .execute();
    },

    async counts(issue) {
      const sightings = await db
        .selectFrom("known_issue_sightings")
        .select((row) => [row.fn.countAll<number>().as("count"), row.fn.max("seen_at").as("last")])
        .where("issue", "=", issue)
        .executeTakeFirstOrThrow();
      const fixes = await db
        .selectFrom("known_issue_fixes")
        .select((row) => ["has_succeeded", row.fn.countAll<number>().as("count"), row.fn.max("ended_at").as("last")])
        .where("issue", "=", issue)
        .groupBy("has_succeeded")
        .execute();
      const ended = (hasSucceeded: 0 | 1) => fixes.find(({ has_succeeded }) => has_succeeded === hasSucceeded);
      const lastFix = ended(1)?.last;
      return {
        occurrences: Number(sightings.count),
        ...(sightings.last !== null && { lastSeenAt: Number(sightings.last) }),
        fixesTried: fixes.reduce((sum, { count }) => sum + Number(count), 0),
        fixesSucceeded: Number(ended(1)?.count ?? 0),
        fixesFailed: Number(ended(0)?.count ?? 0),
        ...(lastFix != null && { lastFixSucceededAt: Number(lastFix) }),
      };
    },
  };
}

const keyOf = (repository: string, headSha: string) => ({ key: repository.toLowerCase(), head_sha: headSha });

function toFix(row: RecordTables["known_issue_fixes"]): Fix {
  return {
    issue: row.issue,
    repository: row.repository,
    headSha: row.head_sha,
    runId: Number(row.run_id),
    attempt: row.attempt,
    job: row.job,
    type: row.type as Fix["type"],
    at: Number(row.begun_at),
  };
}

import type { Kysely } from "kysely";
import type { Backoff } from "../../pipeline/backoff/backoff.ts";
import type { RecordTables } from "./tables.ts";

export function kyselyBackoff(db: Kysely<RecordTables>): Backoff {
  return {
    async add({ repository, headSha, workflow, runId, attempt, failedAt }) {
      await db
        .insertInto("failures")
        .values({
          repository: repository.toLowerCase(),
          run_id: runId,
          attempt,
          head_sha: headSha,
          workflow_id: workflow.id,
          workflow: workflow.name,
          failed_at: failedAt,
          is_cleared: 0,
        })
        .onConflict((conflict) => conflict.columns(["repository", "run_id", "attempt"]).doNothing())
        .execute();
    },

    async ofCommit(repository, headSha) {
      const ofRuns = db
        .selectFrom("failures")
        .select((row) => ["workflow_id", row.fn.max("workflow").as("name"), row.fn.countAll<number>().as("failures")])
        .where("repository", "=", repository.toLowerCase())
        .where("head_sha", "=", headSha)
        .where("is_cleared", "=", 0)
        .groupBy(["workflow_id", "run_id"]);
      const rows = await db
        .selectFrom(ofRuns.as("runs"))
        .select((row) => ["workflow_id", row.fn.max("name").as("name"), row.fn.max("failures").as("failures")])
        .groupBy("workflow_id")
        .orderBy("name")
        .execute();
      return rows.map(({ workflow_id: id, name, failures }) => ({ workflow: { id: Number(id), name }, failures: Number(failures) }));
    },

    async clear(repository, headSha) {
      const { numUpdatedRows } = await db
        .updateTable("failures")
        .set({ is_cleared: 1 })
        .where("repository", "=", repository.toLowerCase())
        .where("head_sha", "=", headSha)
        .where("is_cleared", "=", 0)
        .executeTakeFirstOrThrow();
      return Number(numUpdatedRows);
    },
  };
}

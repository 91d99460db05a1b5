import type { Kysely } from "kysely";
import type { Backoff, JobEnd } from "../../pipeline/backoff/backoff.ts";
import type { RecordTables } from "./tables.ts";

const key = ["repository", "run_id", "attempt", "job"] as const;

export function kyselyBackoff(db: Kysely<RecordTables>): Backoff {
  const ofCommit: Backoff["ofCommit"] = async (repository, headSha) => {
    const rows = await db
      .selectFrom("job_ends as failure")
      .select((row) => ["workflow_id", row.fn.max("workflow").as("name"), "job", row.fn.countAll<number>().as("failures")])
      .where("repository", "=", repository.toLowerCase())
      .where("head_sha", "=", headSha)
      .where("has_passed", "=", 0)
      .where("is_cleared", "=", 0)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom("job_ends as success")
              .select("success.job")
              .whereRef("success.repository", "=", "failure.repository")
              .whereRef("success.head_sha", "=", "failure.head_sha")
              .whereRef("success.workflow_id", "=", "failure.workflow_id")
              .whereRef("success.job", "=", "failure.job")
              .where("success.has_passed", "=", 1)
              .where(({ or, and, eb, ref }) =>
                or([
                  and([eb("success.run_id", "=", ref("failure.run_id")), eb("success.attempt", ">", ref("failure.attempt"))]),
                  and([eb("success.run_id", "<>", ref("failure.run_id")), eb("success.ended_at", ">", ref("failure.ended_at"))]),
                ]),
              ),
          ),
        ),
      )
      .groupBy(["workflow_id", "job"])
      .orderBy("name")
      .orderBy("job")
      .execute();
    return rows.map(({ workflow_id, name, job, failures }) => ({
      workflow: { id: Number(workflow_id), name },
      job,
      failures: Number(failures),
    }));
  };

  return {
    ofCommit,

    async add(ends) {
      const [passed, failed] = [ends.filter(({ hasPassed }) => hasPassed), ends.filter(({ hasPassed }) => !hasPassed)].map(toRows);
      if (failed && failed.length > 0)
        await db
          .insertInto("job_ends")
          .values(failed)
          .onConflict((conflict) => conflict.columns([...key]).doUpdateSet({ has_passed: 0 }))
          .execute();
      if (passed && passed.length > 0)
        await db
          .insertInto("job_ends")
          .values(passed)
          .onConflict((conflict) => conflict.columns([...key]).doNothing())
          .execute();
    },

    async clear(repository, headSha) {
      const counted = await ofCommit(repository, headSha);
      await db
        .updateTable("job_ends")
        .set({ is_cleared: 1 })
        .where("repository", "=", repository.toLowerCase())
        .where("head_sha", "=", headSha)
        .where("has_passed", "=", 0)
        .execute();
      return counted.reduce((sum, { failures }) => sum + failures, 0);
    },
  };
}

/** Each once: a run may have two jobs of one name, and one statement may write no row twice. */
function toRows(ends: readonly JobEnd[]) {
  const rows = ends.map(({ repository, headSha, workflow, runId, attempt, job, hasPassed, endedAt }) => ({
    repository: repository.toLowerCase(),
    workflow_id: workflow.id,
    job,
    run_id: runId,
    attempt,
    head_sha: headSha,
    workflow: workflow.name,
    has_passed: hasPassed ? 1 : 0,
    ended_at: endedAt,
    is_cleared: 0,
  }));
  return [...new Map(rows.map((row) => [`${row.repository} ${row.run_id} ${row.attempt} ${row.job}`, row])).values()];
}

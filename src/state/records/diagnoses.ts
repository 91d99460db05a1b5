import type { Kysely } from "kysely";
import type { Diagnoses, Place } from "../../pipeline/failures/diagnoses.ts";
import type { Diagnosis } from "../../pipeline/failures/diagnosis.ts";
import type { RecordTables } from "./tables.ts";

const mostSightings = 100;

export function kyselyDiagnoses(db: Kysely<RecordTables>): Diagnoses {
  return {
    async put(diagnosis, place) {
      const key = { repository: diagnosis.repository.toLowerCase(), run_id: diagnosis.runId, attempt: diagnosis.attempt };
      const row = { head_sha: diagnosis.headSha, place, at: diagnosis.at };
      const body = JSON.stringify(diagnosis);
      await db
        .insertInto("diagnoses")
        .values({ ...key, ...row, body })
        .onConflict((conflict) => conflict.columns(["repository", "run_id", "attempt"]).doUpdateSet({ ...row, body }))
        .execute();
      const before = db.deleteFrom("diagnosed_jobs").where("repository", "=", key.repository);
      await before.where("run_id", "=", key.run_id).where("attempt", "=", key.attempt).execute();
      for (const { jobId, name, url, signature } of diagnosis.jobs) {
        const job = { job_id: jobId, job: name, url, signature: signature ?? null, verdict: diagnosis.verdict };
        await db
          .insertInto("diagnosed_jobs")
          .values({ ...key, ...row, ...job })
          .onConflict((conflict) => conflict.columns(["repository", "run_id", "attempt", "job_id"]).doNothing())
          .execute();
      }
    },

    async ofRun(repository, runId, attempt) {
      const row = await db
        .selectFrom("diagnoses")
        .select("body")
        .where("repository", "=", repository.toLowerCase())
        .where("run_id", "=", runId)
        .where("attempt", "=", attempt)
        .executeTakeFirst();
      return row && toDiagnosis(row);
    },

    async ofHead(repository, headSha) {
      const rows = await db
        .selectFrom("diagnoses")
        .select("body")
        .where("repository", "=", repository.toLowerCase())
        .where("head_sha", "=", headSha)
        .orderBy("attempt", "desc")
        .execute();
      const newest = new Map<number, Diagnosis>();
      for (const diagnosis of rows.map(toDiagnosis)) if (!newest.has(diagnosis.runId)) newest.set(diagnosis.runId, diagnosis);
      return [...newest.values()].toSorted((one, other) => other.at - one.at || other.runId - one.runId);
    },

    async sightings(repository, signature, since) {
      const rows = await db
        .selectFrom("diagnosed_jobs")
        .select(["place", "head_sha", "run_id", "job_id", "job", "url", "at"])
        .where("repository", "=", repository.toLowerCase())
        .where("signature", "=", signature)
        .where("at", ">=", since)
        .orderBy("at", "desc")
        .orderBy("job_id", "desc")
        .limit(mostSightings)
        .execute();
      return rows.map(({ place, head_sha: headSha, run_id: runId, job_id: jobId, job, url, at }) => ({
        place: place as Place,
        headSha,
        runId: Number(runId),
        jobId: Number(jobId),
        job,
        url,
        at: Number(at),
      }));
    },

    async flakiest(repository, since, limit) {
      const rows = await db
        .selectFrom("diagnosed_jobs")
        .select((row) => ["job", row.fn.countAll<number>().as("times"), row.fn.max("at").as("last_at")])
        .where("repository", "=", repository.toLowerCase())
        .where("verdict", "=", "flaky")
        .where("at", ">=", since)
        .groupBy("job")
        .orderBy("times", "desc")
        .orderBy("last_at", "desc")
        .orderBy("job")
        .limit(limit)
        .execute();
      return rows.map(({ job, times, last_at: lastAt }) => ({ job, times: Number(times), lastAt: Number(lastAt) }));
    },
  };
}

const toDiagnosis = ({ body }: { readonly body: string }): Diagnosis => JSON.parse(body);

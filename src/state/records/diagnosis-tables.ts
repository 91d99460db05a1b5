import type { ColumnDefinitionBuilder, Kysely } from "kysely";

/** Repositories are in lower case, times are milliseconds since the epoch. */
export interface DiagnosisTables {
  /** `body` is the whole diagnosis; the other columns are what it is looked for by. */
  diagnoses: { repository: string; run_id: number; attempt: number; head_sha: string; place: string; at: number; body: string };
  /** The jobs of the diagnoses, each with its run's verdict. */
  diagnosed_jobs: {
    repository: string;
    run_id: number;
    attempt: number;
    job_id: number;
    job: string;
    url: string;
    head_sha: string;
    place: string;
    signature: string | null;
    verdict: string;
    at: number;
  };
}

export async function createDiagnosisTables(db: Kysely<never>): Promise<void> {
  const there = (column: ColumnDefinitionBuilder) => column.notNull();
  await db.schema
    .createTable("diagnoses")
    .addColumn("repository", "text", there)
    .addColumn("run_id", "bigint", there)
    .addColumn("attempt", "integer", there)
    .addColumn("head_sha", "text", there)
    .addColumn("place", "text", there)
    .addColumn("at", "bigint", there)
    .addColumn("body", "text", there)
    .addPrimaryKeyConstraint("diagnoses_key", ["repository", "run_id", "attempt"] as never)
    .execute();
  await db.schema.createIndex("diagnoses_commit").on("diagnoses").columns(["repository", "head_sha"]).execute();
  await db.schema.createIndex("diagnoses_age").on("diagnoses").column("at").execute();

  await db.schema
    .createTable("diagnosed_jobs")
    .addColumn("repository", "text", there)
    .addColumn("run_id", "bigint", there)
    .addColumn("attempt", "integer", there)
    .addColumn("job_id", "bigint", there)
    .addColumn("job", "text", there)
    .addColumn("url", "text", there)
    .addColumn("head_sha", "text", there)
    .addColumn("place", "text", there)
    .addColumn("signature", "text")
    .addColumn("verdict", "text", there)
    .addColumn("at", "bigint", there)
    .addPrimaryKeyConstraint("diagnosed_jobs_key", ["repository", "run_id", "attempt", "job_id"] as never)
    .execute();
  await db.schema.createIndex("diagnosed_jobs_signature").on("diagnosed_jobs").columns(["repository", "signature", "at"]).execute();
  await db.schema.createIndex("diagnosed_jobs_verdict").on("diagnosed_jobs").columns(["repository", "verdict", "at"]).execute();
  await db.schema.createIndex("diagnosed_jobs_age").on("diagnosed_jobs").column("at").execute();
}

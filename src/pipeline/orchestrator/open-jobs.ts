import { createHash } from "node:crypto";
import type { Diagnosis, FailedJob } from "../failures/diagnosis.ts";
import type { FinishedRun } from "../policy/finished-run.ts";

/** The jobs that no known issue decides about: of one that says what helps, people have said it already. */
export const openJobs = ({ jobs }: Pick<Diagnosis, "jobs">): readonly FailedJob[] =>
  jobs.filter(({ known }) => known?.autoFix === undefined);

export const signaturesOf = (jobs: readonly FailedJob[]): readonly string[] =>
  [...new Set(jobs.flatMap(({ signature }) => (signature === undefined ? [] : [signature])))].toSorted();

/** Names a failure by its errors, in whatever job, attempt or pull request; where they say nothing by the commit and the jobs. */
export function keyOfFailure(jobs: readonly FailedJob[], { workflowId, headSha }: Pick<FinishedRun, "workflowId" | "headSha">): string {
  const unsigned = jobs.filter(({ signature }) => signature === undefined).map(({ name }) => name);
  const named = unsigned.length === 0 ? [] : [workflowId, headSha, ...unsigned.toSorted()];
  return createHash("sha256")
    .update(JSON.stringify([signaturesOf(jobs), named]))
    .digest("hex")
    .slice(0, 32);
}

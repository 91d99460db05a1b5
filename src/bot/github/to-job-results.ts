import { z } from "zod";
import type { JobResult } from "../../pipeline/failures/history.ts";
import { toJobState } from "./to-job.ts";

const CheckRun = z.object({
  databaseId: z.number().nullable(),
  name: z.string(),
  status: z.string(),
  conclusion: z.string().nullable(),
  permalink: z.string(),
  completedAt: z.string().nullable(),
});

/** What GitHub tells of one commit; whatever may be missing on the way to a job's result is left out. */
export const CommitResults = z.object({
  oid: z.string(),
  checkSuites: z
    .object({
      nodes: z
        .array(
          z
            .object({
              workflowRun: z
                .object({ databaseId: z.number().nullable(), workflow: z.object({ databaseId: z.number().nullable() }) })
                .nullable(),
              checkRuns: z.object({ nodes: z.array(CheckRun.nullable()).nullable() }).nullable(),
            })
            .nullable(),
        )
        .nullable(),
    })
    .nullable(),
});
export type CommitResults = z.infer<typeof CommitResults>;

/** The results of a workflow on one commit, in the order in which the jobs ended. */
export function toJobResults({ oid: headSha, checkSuites }: CommitResults, workflowId: number): JobResult[] {
  const suites = (checkSuites?.nodes ?? []).filter((suite) => suite?.workflowRun?.workflow.databaseId === workflowId);
  const results = suites.flatMap((suite) =>
    (suite?.checkRuns?.nodes ?? []).flatMap((job) => toResult(headSha, suite?.workflowRun?.databaseId, job)),
  );
  return results.toSorted((one, other) => one.endedAt - other.endedAt || one.jobId - other.jobId);
}

function toResult(headSha: string, runId: number | null | undefined, job: z.infer<typeof CheckRun> | null): readonly JobResult[] {
  if (!runId || !job?.databaseId || !job.completedAt) return [];
  const state = toJobState(job.conclusion ?? job.status);
  if (state !== "passed" && state !== "failed") return [];
  const { name, databaseId: jobId, permalink: url, completedAt } = job;
  return [{ job: name, headSha, conclusion: state, runId, jobId, url, endedAt: Date.parse(completedAt) }];
}

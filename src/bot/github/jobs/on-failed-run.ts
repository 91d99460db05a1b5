import { z } from "zod";
import { toRecordFailure } from "../../../pipeline/backoff/record-failure.ts";
import type { NewJob } from "../../../pipeline/queue.ts";
import type { Known } from "../known.ts";
import { workflowName } from "../to-finished-run.ts";

const EndedRun = z.object({
  action: z.string(),
  repository: z.object({ full_name: z.string() }),
  workflow_run: z.object({
    id: z.int(),
    run_attempt: z.int().default(1),
    workflow_id: z.int(),
    name: z.string().nullable().catch(null),
    head_sha: z.string(),
    conclusion: z.string().nullish(),
  }),
});

/** Cancelled is not failed: somebody wanted it so. */
const failures: readonly unknown[] = ["failure", "timed_out", "startup_failure"];

/** Counts against the commit. */
export function onFailedRun(payload: unknown, { receivedAt }: Known): NewJob | undefined {
  const { action, repository, workflow_run: run } = EndedRun.parse(payload);
  if (action !== "completed" || !failures.includes(run.conclusion)) return undefined;
  // Named by its attempt: a repeated delivery tells of the same failure.
  return toRecordFailure(`failure:${repository.full_name}:${run.id}:${run.run_attempt}`, {
    repository: repository.full_name,
    headSha: run.head_sha,
    workflow: { id: run.workflow_id, name: workflowName(run.name) },
    runId: run.id,
    attempt: run.run_attempt,
    failedAt: receivedAt,
  });
}

import { z } from "zod";
import { failedConclusions } from "../../../pipeline/backoff/record-attempt.ts";
import { toRecordAttempt } from "../../../pipeline/backoff/record-attempt-task.ts";
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

/** What passed before somebody cancelled the rest counts all the same. */
const others: readonly unknown[] = ["success", "cancelled"];

/** Counts against the commit, or for it. */
export function onEndedAttempt(payload: unknown, { receivedAt }: Known): NewJob | undefined {
  const { action, repository, workflow_run: run } = EndedRun.parse(payload);
  const hasFailed = failedConclusions.includes(run.conclusion);
  if (action !== "completed" || !(hasFailed || others.includes(run.conclusion))) return undefined;
  return toRecordAttempt({
    repository: repository.full_name,
    headSha: run.head_sha,
    workflow: { id: run.workflow_id, name: workflowName(run.name) },
    runId: run.id,
    attempt: run.run_attempt,
    hasFailed,
    heardAt: receivedAt,
  });
}

import { z } from "zod";
import { toFollowLater } from "../../../pipeline/operations/follow-task.ts";
import type { NewJob } from "../../../pipeline/queue.ts";
import type { Known } from "../known.ts";

const WorkflowJob = z.object({
  action: z.string(),
  repository: z.object({ full_name: z.string() }),
  workflow_job: z.object({ run_id: z.int(), run_attempt: z.int().default(1) }),
});

/** Many jobs of a run may end within seconds; people are told of them together. */
const togetherMs = 10_000;

/** For those who are shown how far the run is. */
export function onWorkflowJob(payload: unknown, { receivedAt }: Known): NewJob | undefined {
  const { action, repository, workflow_job: job } = WorkflowJob.parse(payload);
  if (action !== "completed") return undefined;
  const slot = Math.floor(receivedAt / togetherMs) + 1;
  const run = { repository: repository.full_name, runId: job.run_id };
  return toFollowLater(`follow:${job.run_id}:${job.run_attempt}:${slot}`, run, slot * togetherMs);
}

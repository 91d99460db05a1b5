import { z } from "zod";
import { toFollow } from "../../../pipeline/operations/follow-task.ts";
import type { NewJob } from "../../../pipeline/queue.ts";
import type { Known } from "../known.ts";

const WorkflowRun = z.object({ repository: z.object({ full_name: z.string() }), workflow_run: z.object({ id: z.int() }) });

/** For those who wait for the run, or are shown how far it is. */
export function onWorkflowRun(payload: unknown, { guid }: Known): NewJob {
  const { repository, workflow_run: run } = WorkflowRun.parse(payload);
  return toFollow(`github:${guid}`, { repository: repository.full_name, runId: run.id });
}

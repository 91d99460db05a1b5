import { Refused } from "../../emulated.ts";
import type { Call } from "../../route.ts";
import type { Job } from "../job.ts";
import type { WorkflowRun } from "../run.ts";
import type { Workflow } from "../workflow.ts";

const missing = () => new Refused(404, "Not Found");

export function repositoryIn({ repository }: Call): string {
  if (!repository) throw missing();
  return repository.fullName;
}

export function runIn(call: Call, id: string): WorkflowRun {
  const run = call.world.actions.run(repositoryIn(call), Number(id));
  if (!run) throw missing();
  return run;
}

/** A job of any attempt, with its run. */
export function jobIn(call: Call, id: string): { run: WorkflowRun; job: Job } {
  const found = call.world.actions.findJob(repositoryIn(call), Number(id));
  if (!found) throw missing();
  return found;
}

/** By id or file name. */
export function workflowIn(call: Call, idOrFile: string): Workflow {
  const workflow = call.world.actions.workflow(repositoryIn(call), decodeURIComponent(idOrFile));
  if (!workflow) throw missing();
  return workflow;
}

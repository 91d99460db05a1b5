import type { Pipeline } from "../pipelines.ts";
import type { WorkflowRun } from "../runs.ts";
import type { Wish } from "./operations.ts";

/** What a wish about this run of this head always holds. */
export function toWish({ headSha, subject }: Pipeline, run: WorkflowRun): Wish {
  return {
    workflow: run.workflow.name,
    url: run.url,
    headSha,
    ...(subject.kind === "pull_request" ? { pullRequest: subject.number } : { ref: subject.name }),
    attempt: run.attempt,
    jobs: [],
  };
}

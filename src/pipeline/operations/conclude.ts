import { isRed, type RunJob, type WorkflowRun } from "../runs.ts";
import type { End, Operation } from "./operations.ts";

/** How the run ended, with the jobs that it was about, or those that are red. */
export function conclude({ kind, wish }: Operation, run: WorkflowRun, jobs: readonly RunJob[]): End {
  const wanted = jobs.filter(({ name, state }) => (kind === "retry" && wish.jobs.length > 0 ? wish.jobs.includes(name) : isRed(state)));
  return {
    kind: "concluded",
    state: run.state,
    attempt: run.attempt,
    jobs: wanted.map(({ name, state, url }) => ({ name, state, url })),
  };
}

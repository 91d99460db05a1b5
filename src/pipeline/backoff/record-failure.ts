import type { Services } from "../../services.ts";
import { type Job, type NewJob, runLane } from "../queue.ts";
import type { Failure } from "./backoff.ts";

/** The task of the job that counts a failed attempt. */
export const recordFailureTask = "record-failure";

/** In the run's lane, so that it counts before whatever waits for the run's end begins. */
export const toRecordFailure = (id: string, failure: Failure): NewJob => ({
  id,
  task: recordFailureTask,
  payload: { ...failure, workflow: { ...failure.workflow } },
  lane: runLane(failure.runId),
});

export function createRecordFailure({ records }: Pick<Services, "records">): (job: Job) => Promise<void> {
  return ({ payload }) => records.transaction(({ backoff }) => backoff.add(payload as unknown as Failure));
}

import { UserError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { type Job, type NewJob, runLane } from "../queue.ts";
import { type EndedAttempt, recordAttempt } from "./record-attempt.ts";

/** The task of the job that counts what failed in an attempt, or forgets it when it passed. */
export const recordAttemptTask = "record-attempt";

/** One a run's attempt, however often it is delivered; in the run's lane, so that it counts before whatever waits for the run's end begins. */
export const toRecordAttempt = (ended: EndedAttempt): NewJob => ({
  id: `ended:${ended.repository.toLowerCase()}:${ended.runId}:${ended.attempt}`,
  task: recordAttemptTask,
  payload: { ...ended, workflow: { ...ended.workflow } },
  lane: runLane(ended.runId),
});

export function createRecordAttempt(services: Pick<Services, "records" | "runs">): (job: Job) => Promise<void> {
  return async ({ payload }) => {
    try {
      await recordAttempt(payload as unknown as EndedAttempt, services);
    } catch (error) {
      // The App was taken off the repository: nothing is retried there any more.
      if (!(error instanceof UserError)) throw error;
    }
  };
}

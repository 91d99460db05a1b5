import { UserError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { type OfHead, withPull } from "../incidents/pulls/whose-pull.ts";
import type { Job, NewJob } from "../queue.ts";

/** The task of the job that notes what pull request a run is of. */
export const placeRunTask = "place-run";

export interface PlacedRun extends OfHead {
  readonly runId: number;
}

/** Once a run: all its deliveries say the same. */
export const toPlaceRun = (run: PlacedRun): NewJob => ({
  id: `place-run:${run.repository.toLowerCase()}:${run.runId}`,
  task: placeRunTask,
  payload: { ...run },
});

/** Asks GitHub for the pull request of a branch in a fork, which its deliveries leave out. */
export function createPlaceRun(services: Pick<Services, "records" | "pullRequests" | "now">): (job: Job) => Promise<void> {
  const { records, now } = services;
  return async ({ payload }) => {
    const run = payload as unknown as PlacedRun;
    const { repository, runId, pullRequest } = await withPull(run, services).catch((error: unknown) => {
      // The App may not look there any more: then the run is nobody's.
      if (error instanceof UserError) return run;
      throw error;
    });
    if (pullRequest === undefined) return;
    await records.transaction(({ runnerMinutes }) => runnerMinutes.place(repository, runId, pullRequest, now()));
  };
}

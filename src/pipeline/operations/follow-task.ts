import type { Services } from "../../services.ts";
import { type Job, type NewJob, runLane } from "../queue.ts";
import { type FollowNeeds, followRun } from "./follow.ts";

/** The task of the job that looks how a run stands. */
export const followTask = "follow-run";

/** The task of the job that adds one of those when it is due: waiting for its time in the run's lane, it would hold up the others. */
export const followLaterTask = "follow-run-later";

interface Followed {
  readonly repository: string;
  readonly runId: number;
}

/** One at a time for each run, so that no two of them move the same operation. */
export const toFollow = (id: string, { repository, runId }: Followed): NewJob => ({
  id,
  task: followTask,
  payload: { repository, runId },
  lane: runLane(runId),
});

/** @param runAt milliseconds since the epoch */
export const toFollowLater = (id: string, { repository, runId }: Followed, runAt: number): NewJob => ({
  id,
  task: followLaterTask,
  payload: { repository, runId },
  runAt,
});

export function createFollow(services: FollowNeeds): (job: Job) => Promise<void> {
  return ({ payload, attempt }) => {
    const { repository, runId } = payload as unknown as Followed;
    return followRun(repository, runId, attempt > 1, services);
  };
}

export function createFollowLater({ records }: Pick<Services, "records">): (job: Job) => Promise<void> {
  return async ({ id, payload }) => {
    await records.transaction(({ queue }) => queue.add(toFollow(`${id}:now`, payload as unknown as Followed)));
  };
}

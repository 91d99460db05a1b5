import type { Json } from "../json.ts";
import type { Job, NewJob } from "../queue.ts";
import { type FollowNeeds, followRun } from "./follow.ts";

/** The task of the job that looks how a run stands. */
export const followTask = "follow-run";

/** One at a time for each run, so that two looks do not move the same operation. */
export function toFollow(id: string, repository: string, runId: number): NewJob {
  return { id, task: followTask, payload: { repository, runId } satisfies Json, lane: `run:${runId}` };
}

export function createFollow(services: FollowNeeds): (job: Job) => Promise<void> {
  return async ({ payload, attempt }) => {
    const { repository, runId } = payload as { readonly repository: string; readonly runId: number };
    await followRun(repository, runId, attempt > 1, services);
  };
}

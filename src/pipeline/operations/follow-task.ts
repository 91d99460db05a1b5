import type { Json } from "../json.ts";
import type { Job } from "../queue.ts";
import { type FollowNeeds, followRun } from "./follow.ts";

/** The task of the job that looks how a run stands. */
export const followTask = "follow-run";

export const toFollowPayload = (repository: string, runId: number): Json => ({ repository, runId });

export function createFollow(services: FollowNeeds): (job: Job) => Promise<void> {
  return async ({ payload }) => {
    const { repository, runId } = payload as { readonly repository: string; readonly runId: number };
    await followRun(repository, runId, services);
  };
}

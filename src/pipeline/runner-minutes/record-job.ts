import type { Services } from "../../services.ts";
import type { Job, NewJob } from "../queue.ts";
import type { RunnerJob } from "./runner-minutes.ts";
import { costOfJob, type JobCost } from "./runner-prices.ts";

/** The task of the job that writes down how long a job of GitHub's ran. */
export const recordRunnerJobTask = "record-runner-job";

export interface EndedJob extends Omit<RunnerJob, keyof JobCost> {
  readonly labels: readonly string[];
  readonly isPrivate: boolean;
}

/** One for each attempt of a job, however often it is delivered. */
export const toRecordRunnerJob = (job: EndedJob): NewJob => ({
  id: `runner-job:${job.repository.toLowerCase()}:${job.jobId}:${job.attempt}`,
  task: recordRunnerJobTask,
  payload: { ...job },
});

/** It gets the price of the moment, and keeps it. */
export function createRecordRunnerJob({ records, runnerPrices }: Pick<Services, "records" | "runnerPrices">): (job: Job) => Promise<void> {
  return async ({ payload }) => {
    const { labels, isPrivate, ...job } = payload as unknown as EndedJob;
    const cost = costOfJob({ labels, isPrivate, ranMs: job.endedAt - job.startedAt }, runnerPrices);
    await records.transaction(({ runnerMinutes }) => runnerMinutes.record({ ...job, ...cost }));
  };
}

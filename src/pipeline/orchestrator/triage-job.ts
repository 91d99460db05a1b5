import type { FinishedRun } from "../policy/finished-run.ts";
import type { NewJob } from "../queue.ts";

/** The task of the job that has a failure decided which no known issue decides. */
export const triageRunTask = "triage-run";

export interface TriageJobPayload {
  readonly run: FinishedRun;
  /** The incident's key. */
  readonly key?: string;
}

/** By itself, as a model may take minutes; the same failure is decided one after the other, so that it is paid for once. */
export const toTriageRun = (run: FinishedRun, incidentKey: string | undefined, failure: string): NewJob => ({
  id: `triage-run:${run.repository.toLowerCase()}:${run.runId}:${run.attempt}`,
  task: triageRunTask,
  payload: { run: { ...run }, ...(incidentKey !== undefined && { key: incidentKey }) } as never,
  lane: `triage:${run.repository.toLowerCase()}:${failure}`,
});

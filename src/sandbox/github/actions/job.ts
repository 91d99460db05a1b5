export type JobStatus = "queued" | "waiting" | "in_progress";
export type JobConclusion = "success" | "failure" | "cancelled" | "skipped" | "neutral" | "timed_out" | "action_required";

/** A job's status while it is under way, its conclusion when it is over. */
export type JobState = JobStatus | JobConclusion;

const underWay: ReadonlySet<JobState> = new Set(["queued", "waiting", "in_progress"]);

export interface Job {
  /** Also the id of its check run, as on GitHub. */
  readonly id: number;
  readonly name: string;
  readonly state: JobState;
  /** The attempt that ran it: older than the run's when the job was carried over. */
  readonly attempt: number;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
}

export const isConclusion = (state: JobState): state is JobConclusion => !underWay.has(state);

export const isUnderWay = ({ state }: Pick<Job, "state">): boolean => underWay.has(state);

/** Whether a job of this state has yet to get a runner. */
export const isPending = ({ state }: Pick<Job, "state">): boolean => state === "queued" || state === "waiting";

const neverRun: ReadonlySet<JobState> = new Set(["skipped", "cancelled", "action_required"]);

/** Whether a job that was pending passes through in_progress on its way to this state. */
export const isRunFirst = (state: JobState): boolean => isConclusion(state) && !neverRun.has(state);

// What is over from the start took this long.
const secondsOfAJob = 240;

/** A job that has this state now, and had none before. */
export function newJob(id: number, name: string, state: JobState, attempt: number): Job {
  const now = Date.now();
  const isOver = isRunFirst(state);
  const began = new Date(isOver ? now - secondsOfAJob * 1_000 : now).toISOString();
  return {
    id,
    name,
    state,
    attempt,
    createdAt: began,
    startedAt: isOver || state === "in_progress" ? began : null,
    completedAt: isConclusion(state) ? new Date(now).toISOString() : null,
  };
}

/** The job in its next state, with the times that follow. */
export function moved(job: Job, state: JobState): Job {
  const now = new Date().toISOString();
  const isStarted = state === "in_progress" || isRunFirst(state);
  return {
    ...job,
    state,
    startedAt: job.startedAt ?? (isStarted ? now : null),
    completedAt: isConclusion(state) ? now : null,
  };
}

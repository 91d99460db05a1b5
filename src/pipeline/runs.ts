import type { JobState } from "./pipelines.ts";

/** A run of a GitHub Actions workflow, as its newest attempt stands. */
export interface WorkflowRun {
  readonly id: number;
  readonly workflow: { readonly id: number; readonly name: string };
  /** What started it: `pull_request`, `push`, `workflow_dispatch`, … */
  readonly event: string;
  readonly title: string;
  readonly headSha: string;
  /** 1 at first, one more for each re-run. */
  readonly attempt: number;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly url: string;
  readonly state: JobState;
  /** The attempt has ended; only then can any of it run again. */
  readonly isOver: boolean;
  /** It comes from a fork, and nothing of it runs before somebody approves. */
  readonly needsApproval: boolean;
}

export interface RunJob {
  /** Belongs to one attempt: after a re-run the job of that name has another id. */
  readonly id: number;
  readonly name: string;
  readonly state: JobState;
  readonly isOver: boolean;
  /** The attempt in which it ran last. */
  readonly attempt: number;
  /** Milliseconds since the epoch; absent where GitHub does not say it. */
  readonly endedAt?: number;
  readonly url: string;
}

/** Why GitHub did not do what was asked of a run; it is certain that nothing was done. */
export type RunRefusal =
  | "already_running"
  | "not_retryable"
  | "too_old"
  | "too_many_attempts"
  | "not_permitted"
  | "forbidden"
  | "not_found"
  | "expired"
  | "invalid"
  | "already_over"
  | "not_waiting";

export interface RunRefused {
  readonly because: RunRefusal;
  /** GitHub's own words, hostile as any foreign text. */
  readonly said: string;
}

/**
 * Workflow runs, to read and to act on. Every call throws ServiceError when GitHub cannot be asked; one that acts says `maybe_done` when
 * GitHub may have acted all the same. A call that acts returns why GitHub refused, or undefined when it accepted.
 */
export interface Runs {
  /** The newest run of each workflow and event for a commit, in one request for 100 runs. */
  ofCommit(repository: string, headSha: string): Promise<readonly WorkflowRun[]>;
  find(repository: string, runId: number): Promise<WorkflowRun | undefined>;
  /** The jobs of a run, each as its newest attempt stands, or as the one of that number does. */
  jobs(repository: string, runId: number, attempt?: number): Promise<readonly RunJob[]>;
  /** Runs one job, or every job that failed and those that depend on it, again. */
  rerun(
    repository: string,
    what: { readonly runId: number; readonly jobId?: number; readonly debug: boolean },
  ): Promise<RunRefused | undefined>;
  cancel(repository: string, runId: number): Promise<RunRefused | undefined>;
  approve(repository: string, runId: number): Promise<RunRefused | undefined>;
}

/** Whether a job or run that ended so is worth running again. */
export const isRed = (state: JobState): boolean => state === "failed" || state === "cancelled" || state === "stale";

/** GitHub re-runs nothing that was created earlier: https://docs.github.com/actions/managing-workflow-runs/re-running-workflows-and-jobs */
export const rerunnableForMs = 30 * 24 * 60 * 60_000;

/** GitHub runs a run again at most this often. */
export const mostReruns = 50;

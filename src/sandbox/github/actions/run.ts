import { isPending, isUnderWay, type Job, type JobConclusion } from "./job.ts";
import type { Workflow } from "./workflow.ts";

/** The jobs of one attempt, and who asked for it. */
export interface Attempt {
  readonly number: number;
  readonly jobs: readonly Job[];
  readonly startedAt: string;
  readonly updatedAt: string;
  readonly triggeringActor: string;
  /** What the attempt comes to when its jobs do not say it: it was cancelled, or never let go. */
  readonly verdict?: "cancelled" | "action_required";
}

export interface WorkflowRun {
  readonly id: number;
  readonly number: number;
  readonly workflow: Workflow;
  readonly repository: string;
  readonly event: "merge_group" | "pull_request" | "push" | "schedule" | "workflow_dispatch";
  readonly headSha: string;
  readonly headBranch: string;
  readonly title: string;
  readonly actor: string;
  readonly createdAt: string;
  /** The number of the newest attempt. */
  readonly attempt: number;
  /** The newest attempt's. */
  readonly jobs: readonly Job[];
  readonly newest: Attempt;
  /** The attempts before the newest, oldest first. */
  readonly earlier: readonly Attempt[];
}

export type RunStatus = "queued" | "in_progress" | "completed" | "waiting";

/** How far an attempt is: under way until each of its jobs is over. What was carried over does not make it begin. */
export function statusOf({ number, jobs, verdict }: Attempt): RunStatus {
  if (jobs.length === 0) return verdict ? "completed" : "queued";
  if (!jobs.some(isUnderWay)) return "completed";
  const own = jobs.filter((job) => job.attempt === number || isUnderWay(job));
  if (!own.every(isPending)) return "in_progress";
  return own.every(({ state }) => state === "waiting") ? "waiting" : "queued";
}

const worstFirst: readonly JobConclusion[] = ["failure", "cancelled", "timed_out", "action_required", "success", "neutral"];

/** What an attempt came to, or null while it is under way: the worst of its jobs. */
export function conclusionOf(attempt: Attempt): JobConclusion | null {
  if (statusOf(attempt) !== "completed") return null;
  if (attempt.verdict) return attempt.verdict;
  return worstFirst.find((state) => attempt.jobs.some((job) => job.state === state)) ?? "skipped";
}

export const isWaitingForApproval = ({ newest }: WorkflowRun): boolean => newest.verdict === "action_required";

/** The attempt of this number, when it is known. */
export function attemptOf(run: WorkflowRun, number: number): Attempt | undefined {
  return number === run.attempt ? run.newest : run.earlier.find((attempt) => attempt.number === number);
}

/** The run with changes to its newest attempt. */
export function withNewest(run: WorkflowRun, change: Partial<Attempt>): WorkflowRun {
  const newest = { ...run.newest, updatedAt: new Date().toISOString(), ...change };
  return { ...run, newest, attempt: newest.number, jobs: newest.jobs };
}

/** The run with another attempt, in which these jobs are new; the earlier attempt stays as it was. */
export function withAttempt(run: WorkflowRun, jobs: readonly Job[], triggeringActor: string): WorkflowRun {
  const now = new Date().toISOString();
  const newest: Attempt = { number: run.attempt + 1, jobs, startedAt: now, updatedAt: now, triggeringActor };
  return { ...run, newest, attempt: newest.number, jobs, earlier: [...run.earlier, run.newest] };
}

import { type JobFailures, stoppedSentence } from "../backoff/backoff.ts";
import type { Job, JobState, Pipeline } from "../pipelines.ts";
import { isRed, mostReruns, rerunnableForMs, type WorkflowRun } from "../runs.ts";
import type { Planned } from "./carry-out.ts";
import type { Asker, Operation, Place, Wish } from "./operations.ts";
import { toEnd } from "./refusals.ts";
import { toWish } from "./to-wish.ts";

export interface RetryPlan {
  readonly head: Pipeline;
  /** The newest run of each workflow for the head. */
  readonly runs: readonly WorkflowRun[];
  /** The retries that are under way, by their runs: their jobs are not red any more. */
  readonly underWay: readonly Operation[];
  /** One job; all that failed when absent. */
  readonly wanted?: Job;
  /** How often the jobs failed on the head: people are told, and retry all the same. */
  readonly failures: readonly JobFailures[];
  readonly debug: boolean;
  readonly intent: string;
  readonly asker: Asker;
  readonly place: Place;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What to run again: one operation for each run that has something red, or just had; none when there is nothing. GitHub's limits are known before it is asked. */
export function planRetry(plan: RetryPlan): readonly Planned[] {
  const { wanted, runs, head, intent, underWay } = plan;
  const isRetried = ({ name, actions }: Job) =>
    underWay.some(({ runId, wish }) => runId === actions?.runId && (!wish.oneJob || wish.jobs.includes(name)));
  const isWanted = (job: Job) => job.actions !== undefined && (isRed(job.state) || (!isEnded(job.state) && isRetried(job)));
  if (wanted && !isWanted(wanted)) return [];
  const red = head.jobs.filter(isWanted);
  const about = wanted ? runs.filter(({ id }) => id === wanted.actions?.runId) : runs.filter((run) => isWorthIt(run, red));
  return about.map((run, index) => {
    const jobs = wanted ? [wanted] : red.filter(({ actions }) => actions?.runId === run.id);
    const operation = toOperation(run, jobs, `${intent}#${index}`, plan);
    return { operation, ...(wanted?.actions && run.isOver && { jobId: wanted.actions.jobId }) };
  });
}

const isEnded = (state: JobState): boolean => !["running", "queued", "waiting"].includes(state);

function isWorthIt(run: WorkflowRun, red: readonly Job[]): boolean {
  if (run.needsApproval) return false;
  return run.isOver ? isRed(run.state) : red.some(({ actions }) => actions?.runId === run.id);
}

function toOperation(run: WorkflowRun, jobs: readonly Job[], id: string, plan: RetryPlan): Operation {
  const { head, wanted, debug, intent, asker, place, now } = plan;
  const { repository, headSha } = head;
  const ofWorkflow = plan.failures.filter(({ workflow }) => workflow.id === run.workflow.id);
  const backoff = stoppedSentence(ofWorkflow, headSha);
  const wish: Wish = {
    ...toWish(head, run),
    jobs: jobs.map(({ name }) => name),
    ...(wanted && { oneJob: true }),
    ...(debug && { debug: true }),
    ...(backoff !== undefined && { backoff }),
  };
  const operation = { id, intent, kind: "retry", repository, runId: run.id, asker, place, wish, askedAt: now } as const;
  const limit = limitOf(run, now);
  if (limit)
    return { ...operation, stage: "ended", end: toEnd({ because: limit, said: "" }, "retry", { repository, workflow: run.workflow.name }) };
  return { ...operation, stage: run.isOver ? "asked" : "waiting" };
}

function limitOf(run: WorkflowRun, now: number): "too_many_attempts" | "too_old" | undefined {
  if (run.attempt > mostReruns) return "too_many_attempts";
  return now - run.createdAt > rerunnableForMs ? "too_old" : undefined;
}

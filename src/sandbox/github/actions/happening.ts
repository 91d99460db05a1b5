import { isPending, isRunFirst, isUnderWay, type Job, type JobState, moved } from "./job.ts";
import { statusOf, type WorkflowRun, withNewest } from "./run.ts";

/** Something that GitHub tells a webhook, with the run as it was at that moment. */
export type Happening =
  | { readonly event: "workflow_run"; readonly action: "requested" | "in_progress" | "completed"; readonly run: WorkflowRun }
  | {
      readonly event: "workflow_job";
      readonly action: "queued" | "waiting" | "in_progress" | "completed";
      readonly run: WorkflowRun;
      readonly job: Job;
    }
  | { readonly event: "check_run"; readonly action: "created" | "completed"; readonly run: WorkflowRun; readonly job: Job };

export interface Moved {
  readonly run: WorkflowRun;
  readonly happenings: readonly Happening[];
}

/** What is told of a new attempt: that it was asked for, and each of its new jobs. */
export function onRequested(run: WorkflowRun): Happening[] {
  const fresh = run.jobs.filter(({ attempt }) => attempt === run.attempt);
  return [{ event: "workflow_run", action: "requested", run }, ...fresh.flatMap((job) => onAdded(run, job))];
}

/** What is told of a new job, which waits for a runner or for somebody's word. */
export function onAdded(run: WorkflowRun, job: Job): Happening[] {
  return [{ event: "check_run", action: "created", run, job }, onPending(run, job)];
}

const onPending = (run: WorkflowRun, job: Job): Happening => ({
  event: "workflow_job",
  action: job.state === "waiting" ? "waiting" : "queued",
  run,
  job,
});

/** Moves a job of the newest attempt, through in_progress where GitHub would. */
export function move(run: WorkflowRun, jobId: number, state: JobState): Moved {
  const before = run.jobs.find(({ id }) => id === jobId);
  if (!before) throw new Error(`Run ${run.id} has no job ${jobId} any more.`);
  if (isPending(before) && isRunFirst(state)) {
    const started = move(run, jobId, "in_progress");
    const ended = move(started.run, jobId, state);
    return { run: ended.run, happenings: [...started.happenings, ...ended.happenings] };
  }

  const job = moved(before, state);
  const { verdict: _, ...newest } = run.newest;
  const jobs = run.jobs.map((one) => (one.id === jobId ? job : one));
  const next = withNewest({ ...run, newest }, { jobs });
  return { run: next, happenings: onMoved(run, next, job) };
}

function onMoved(before: WorkflowRun, run: WorkflowRun, job: Job): Happening[] {
  const status = statusOf(run.newest);
  const started = status === "in_progress" && statusOf(before.newest) !== status;
  if (isPending(job)) return [onPending(run, job)];

  const running: Happening[] = started ? [{ event: "workflow_run", action: "in_progress", run }] : [];
  if (isUnderWay(job)) return [...running, { event: "workflow_job", action: "in_progress", run, job }];
  return [
    ...running,
    { event: "check_run", action: "completed", run, job },
    { event: "workflow_job", action: "completed", run, job },
    ...(status === "completed" ? [{ event: "workflow_run", action: "completed", run } as const] : []),
  ];
}

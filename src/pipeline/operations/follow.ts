import type { Services } from "../../services.ts";
import { isRed, type RunJob, type WorkflowRun } from "../runs.ts";
import { actOn, ended, hasBegun } from "./act-on.ts";
import { whyNotAnyMore } from "./may-still.ts";
import type { End, Operation, Progress } from "./operations.ts";
import { toEnd } from "./refusals.ts";
import { tell } from "./tell.ts";

export type FollowNeeds = Pick<Services, "records" | "runs" | "permissions" | "pipelines" | "now">;

/** A retry waits at most this long for the run to end. */
const waitsForMs = 6 * 60 * 60_000;

/** What GitHub has not begun by then it never will. */
const beginsWithinMs = 10 * 60_000;

/**
 * Looks how a run stands, and moves on every operation that waits for it. The run is read anew each time, so that deliveries may come twice,
 * late or out of order. Without an operation nothing is asked.
 *
 * @throws ServiceError, Postponed: what moved until then is told
 */
export async function followRun(repository: string, runId: number, services: FollowNeeds): Promise<void> {
  const open = await services.records.transaction(({ operations }) => operations.openOf(repository, runId));
  if (open.length === 0) return;

  let seen = await look(repository, runId, services);
  for (const operation of open) {
    const { from, to } = await stepOf(operation, seen, services);
    if (to === operation) continue;
    // What was begun for one is begun for the others.
    if (from !== operation) seen = await look(repository, runId, services);
    await tell(from, to, services);
  }
}

interface Seen {
  readonly run: WorkflowRun | undefined;
  readonly jobs: readonly RunJob[];
}

async function look(repository: string, runId: number, { runs }: FollowNeeds): Promise<Seen> {
  const run = await runs.find(repository, runId);
  return { run, jobs: run ? await runs.jobs(repository, runId) : [] };
}

/** From what is stored to what shall be; both are the same where it is stored already. */
interface Step {
  readonly from: Operation;
  readonly to: Operation;
}

async function stepOf(operation: Operation, { run, jobs }: Seen, services: FollowNeeds): Promise<Step> {
  const { repository, wish } = operation;
  if (!run) return { from: operation, to: ended(operation, toEnd("not_found", { repository, workflow: wish.workflow })) };
  if (isRetryDue(operation, run)) return retryNow(operation, run, jobs, services);
  return { from: operation, to: watch(operation, run, jobs, services.now()) };
}

/** What waited for the run's end goes on by itself; so does who joined somebody that did not get through. */
function isRetryDue(operation: Operation, run: WorkflowRun): boolean {
  if (operation.kind !== "retry" || !run.isOver) return false;
  return operation.stage === "waiting" || (operation.isJoined === true && !hasBegun(operation, run));
}

async function retryNow(operation: Operation, run: WorkflowRun, jobs: readonly RunJob[], services: FollowNeeds): Promise<Step> {
  const { wish } = operation;
  const end = (reason: End): Step => ({ from: operation, to: ended(operation, reason) });
  const job = wish.oneJob ? jobs.find(({ name }) => name === wish.jobs[0]) : undefined;
  if (!isRed(wish.oneJob ? (job?.state ?? run.state) : run.state)) return end(conclude(operation, run, jobs));
  const why = await whyNotAnyMore(operation, services);
  if (why) return end(why);

  const red = wish.oneJob ? wish.jobs : jobs.filter(({ state }) => isRed(state)).map(({ name }) => name);
  const { progress: _, isJoined: __, ...rest } = operation;
  const asked: Operation = { ...rest, stage: "asked", wish: { ...wish, attempt: run.attempt, jobs: red } };
  const isOurs = await services.records.transaction(({ operations }) => operations.replace(operation, asked));
  if (!isOurs) return { from: operation, to: operation };
  const acted = await actOn(asked, services, job?.id);
  return { from: acted, to: acted };
}

function watch(operation: Operation, run: WorkflowRun, jobs: readonly RunJob[], now: number): Operation {
  const sinceAskedMs = now - operation.askedAt;
  if (operation.stage === "waiting")
    return sinceAskedMs > waitsForMs ? ended(operation, waitedTooLong(operation)) : withProgress(operation, jobs);
  if (hasBegun(operation, run)) return run.isOver ? ended(operation, conclude(operation, run, jobs)) : underWay(operation, jobs);
  return sinceAskedMs > beginsWithinMs ? ended(operation, neverBegan(operation)) : operation;
}

function conclude({ kind, wish }: Operation, run: WorkflowRun, jobs: readonly RunJob[]): End {
  const wanted = jobs.filter(({ name, state }) => (kind === "retry" && wish.jobs.length > 0 ? wish.jobs.includes(name) : isRed(state)));
  return {
    kind: "concluded",
    state: run.state,
    attempt: run.attempt,
    jobs: wanted.map(({ name, state, url }) => ({ name, state, url })),
  };
}

function underWay(operation: Operation, jobs: readonly RunJob[]): Operation {
  const begun: Operation = operation.stage === "running" ? operation : { ...operation, stage: "running" };
  return withProgress(begun, operation.kind === "retry" ? jobs.filter(({ attempt }) => attempt > operation.wish.attempt) : jobs);
}

function withProgress(operation: Operation, jobs: readonly RunJob[]): Operation {
  const progress: Progress = { done: jobs.filter(({ isOver }) => isOver).length, total: jobs.length };
  const { done = 0, total = progress.total } = operation.progress ?? {};
  // That none of them is done yet is no news.
  return progress.done === done && progress.total === total ? operation : { ...operation, progress };
}

const neverBegan = ({ wish }: Operation): End => ({
  kind: "refused",
  outcome: "uncertain",
  reason: "not_begun",
  message: `GitHub has not begun it within 10 minutes, so it probably never will. Look at ${wish.workflow} before you ask again.`,
});

const waitedTooLong = ({ wish }: Operation): End => ({
  kind: "refused",
  outcome: "not_applicable",
  reason: "waited_too_long",
  message: `${wish.workflow} still runs after 6 hours, so I stopped waiting for it and retried nothing.`,
});

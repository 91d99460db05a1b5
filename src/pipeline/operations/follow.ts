import type { Services } from "../../services.ts";
import { isRed, type RunJob, type WorkflowRun } from "../runs.ts";
import { attempt, ended, hasBegun } from "./act-on.ts";
import { whyNotAnyMore } from "./may-still.ts";
import type { End, Operation, Progress } from "./operations.ts";
import { toEnd } from "./refusals.ts";
import { afterReply, tell } from "./tell.ts";

export type FollowNeeds = Pick<Services, "records" | "runs" | "permissions" | "pipelines" | "now">;

/** A retry waits at most this long for the run to end. */
const waitsForMs = 6 * 60 * 60_000;

/** What GitHub has not begun by then it never will. */
const beginsWithinMs = 10 * 60_000;

/**
 * Looks how a run stands, and moves on every operation that waits for it. The run is read anew each time, so that deliveries may come twice,
 * late or out of order. Without an operation nothing is asked.
 *
 * @param isRepeated an earlier look may have died in the middle
 * @throws ServiceError, Postponed: what moved until then is told
 */
export async function followRun(repository: string, runId: number, isRepeated: boolean, services: FollowNeeds): Promise<void> {
  const open = await services.records.transaction(({ operations }) => operations.openOf(repository, runId));
  if (open.length === 0) return;

  const run = await services.runs.find(repository, runId);
  const jobs = run ? await services.runs.jobs(repository, runId) : [];
  for (const operation of open) {
    const next = await nextOf(operation, run, jobs, isRepeated, services);
    if (next !== operation) await tell(next, services);
  }
}

async function nextOf(
  operation: Operation,
  run: WorkflowRun | undefined,
  jobs: readonly RunJob[],
  isRepeated: boolean,
  services: FollowNeeds,
): Promise<Operation> {
  const { repository, wish, stage, askedAt, kind } = operation;
  if (!run) return ended(operation, toEnd("not_found", { repository, workflow: wish.workflow }));
  if (stage === "waiting") return afterWaiting(operation, run, jobs, services);
  if (hasBegun(operation, run)) return run.isOver ? ended(operation, conclude(operation, run, jobs)) : underWay(operation, jobs);
  // Whoever was joined may not have got through.
  if (operation.isJoined && run.isOver) return again(operation, run, jobs, services);
  // We died before GitHub heard us.
  if (stage === "asked" && kind === "retry" && run.isOver && isRepeated) return again(operation, run, jobs, services);
  return services.now() - askedAt > beginsWithinMs ? ended(operation, neverBegan(operation)) : operation;
}

async function afterWaiting(operation: Operation, run: WorkflowRun, jobs: readonly RunJob[], services: FollowNeeds): Promise<Operation> {
  if (!run.isOver) {
    const isTooLong = services.now() - operation.askedAt > waitsForMs;
    return isTooLong ? ended(operation, waitedTooLong(operation)) : withProgress(operation, jobs);
  }
  return again(operation, run, jobs, services);
}

/** The run has ended: what is still red is run again, if that may still be. */
async function again(operation: Operation, run: WorkflowRun, jobs: readonly RunJob[], services: FollowNeeds): Promise<Operation> {
  const { wish } = operation;
  const job = wish.oneJob ? jobs.find(({ name }) => name === wish.jobs[0]) : undefined;
  if (!isRed(wish.oneJob ? (job?.state ?? run.state) : run.state)) return ended(operation, conclude(operation, run, jobs));
  const end = await whyNotAnyMore(operation, services);
  if (end) return ended(operation, end);

  const red = wish.oneJob ? wish.jobs : jobs.filter(({ state }) => isRed(state)).map(({ name }) => name);
  const { progress: _, ...rest } = operation;
  const asked: Operation = { ...rest, stage: "asked", wish: { ...wish, attempt: run.attempt, jobs: red } };
  await afterReply(operation, services);
  await services.records.transaction(({ operations }) => operations.put(asked));
  // How it went is stored together with telling it: what is stored as ended is not looked at again.
  return attempt(asked, services, job?.id);
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
  const isSame = operation.progress?.done === progress.done && operation.progress.total === progress.total;
  return isSame || progress.total === 0 ? operation : { ...operation, progress };
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

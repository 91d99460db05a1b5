import type { RunJob, WorkflowRun } from "../runs.ts";
import { ended, hasBegun } from "./act-on.ts";
import { conclude } from "./conclude.ts";
import type { End, Operation, Progress } from "./operations.ts";

/** A retry waits at most this long for the run to end. */
const waitsForMs = 6 * 60 * 60_000;

/** What GitHub has not begun by then it never will. */
const beginsWithinMs = 10 * 60_000;

/** How an operation stands by the look of its run; the operation itself when there is nothing new. */
export function watch(operation: Operation, run: WorkflowRun, jobs: readonly RunJob[], now: number): Operation {
  const { stage, kind, askedAt, actedAt = askedAt } = operation;
  if (stage === "waiting") return now - askedAt > waitsForMs ? ended(operation, waitedTooLong(operation)) : withProgress(operation, jobs);
  if (hasBegun(operation, run))
    return run.isOver ? ended(withHead(operation, run), conclude(operation, run, jobs)) : underWay(operation, run, jobs);
  // A cancelled run may clean up for as long as it likes.
  if (kind === "cancel" && stage === "running") return operation;
  return now - actedAt > beginsWithinMs ? ended(operation, neverBegan(operation)) : operation;
}

function underWay(operation: Operation, run: WorkflowRun, jobs: readonly RunJob[]): Operation {
  const known = withHead(operation, run);
  const begun: Operation = known.stage === "running" ? known : { ...known, stage: "running" };
  return withProgress(begun, operation.kind === "retry" ? jobs.filter(({ attempt }) => attempt > operation.wish.attempt) : jobs);
}

/** A run that was only just started had no commit that we knew of. */
function withHead(operation: Operation, { headSha, url }: WorkflowRun): Operation {
  return operation.wish.headSha === "" ? { ...operation, wish: { ...operation.wish, headSha, url } } : operation;
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

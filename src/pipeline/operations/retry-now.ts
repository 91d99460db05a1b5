import type { Services } from "../../services.ts";
import { isRed, type RunJob, type WorkflowRun } from "../runs.ts";
import { attempt, ended, hasBegun } from "./act-on.ts";
import { conclude } from "./conclude.ts";
import { whyNotAnyMore } from "./may-still.ts";
import type { End, Operation } from "./operations.ts";
import { isOwn } from "./own-asker.ts";

export type RetryNeeds = Pick<Services, "records" | "runs" | "permissions" | "pipelines" | "links" | "now">;

/** From what is stored to what shall be. */
export interface Step {
  readonly from: Operation;
  readonly to: Operation;
}

/** What waited for the run's end goes on by itself; so does who joined somebody that did not get through, and what a crash interrupted. */
export function isDue(operation: Operation, run: WorkflowRun, isRepeated: boolean): boolean {
  const { kind, stage, isJoined, actedAt } = operation;
  if (kind !== "retry" || !run.isOver) return false;
  if (stage === "waiting") return true;
  if (hasBegun(operation, run)) return false;
  return isJoined === true || (stage === "asked" && actedAt !== undefined && isRepeated);
}

/** Runs again what is still red, if that may still be. What was asked of GitHub is stored before; how it went is left to the caller. */
export async function retryNow(operation: Operation, run: WorkflowRun, jobs: readonly RunJob[], services: RetryNeeds): Promise<Step> {
  const { wish } = operation;
  const end = (reason: End): Step => ({ from: operation, to: ended(operation, reason) });
  const job = wish.oneJob ? jobs.find(({ name }) => name === wish.jobs[0]) : undefined;
  const red = jobs.filter(({ state }) => isRed(state));
  // Somebody retried it meanwhile: what we begin by ourselves is begun once.
  if (isOwn(operation.asker) && hasBegun(operation, run)) return end(conclude(operation, run, jobs));
  if (!isRed(wish.oneJob ? (job?.state ?? run.state) : run.state)) return end(conclude(operation, run, jobs));
  if (wasServed(operation, run, job ? [job] : red)) return end(conclude(operation, run, jobs));
  const why = await whyNotAnyMore(operation, services);
  if (why) return end(why);
  if (operation.stage === "waiting" && run.state === "cancelled") return end(wasCancelled(operation));

  const again = wish.oneJob ? wish.jobs : red.map(({ name }) => name);
  const { progress: _, isJoined: __, ...rest } = operation;
  const asked: Operation = { ...rest, stage: "asked", actedAt: services.now(), wish: { ...wish, attempt: run.attempt, jobs: again } };
  const isOurs = await services.records.transaction(({ operations }) => operations.replace(operation, asked));
  return isOurs ? { from: asked, to: await attempt(asked, services, job?.id) } : { from: operation, to: operation };
}

/** Somebody stopped it on GitHub itself, and does not want it to begin again by itself. */
const wasCancelled = ({ wish }: Operation): End => ({
  kind: "refused",
  outcome: "not_applicable",
  reason: "cancelled",
  message: `${wish.workflow} was cancelled, so nothing is retried. Ask again if you want it all the same.`,
});

/** Whether what it joined ran between two looks, so that all it is about has had its further attempt. */
function wasServed({ isJoined, wish }: Operation, run: WorkflowRun, about: readonly RunJob[]): boolean {
  return isJoined === true && run.attempt > wish.attempt && about.every(({ attempt }) => attempt > wish.attempt);
}

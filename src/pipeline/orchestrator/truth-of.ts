import { isSamePlace, placeOf } from "../failures/place-of.ts";
import type { FinishedRun } from "../policy/finished-run.ts";
import { isFailure } from "../policy/standing.ts";
import type { RunJob } from "../runs.ts";
import type { Learnt, StoredDecision } from "./decision.ts";

export interface SeenLater {
  readonly run: FinishedRun;
  /** The run's jobs, where they had to be asked for. */
  readonly jobs: readonly RunJob[];
  /** The default branch failed in the same way before this run, as far as we know. */
  readonly hadMain: boolean;
}

/** Whether it takes the run's jobs to tell what it says of the decision: others of them may be what failed this time. */
export const needsJobs = (decision: StoredDecision, run: FinishedRun): boolean =>
  isFailure(run.conclusion) && decision.runId === run.runId && decision.attempt < run.attempt && decision.jobs.length > 0;

/** What a run that has ended says of a decision; undefined where that is nothing new. By the order of commits and attempts, not of arrival. */
export function learntFrom(decision: StoredDecision, seen: SeenLater): Learnt | undefined {
  const before: Learnt = {
    ...(decision.again !== undefined && { again: decision.again }),
    ...(decision.truth !== undefined && { truth: decision.truth }),
  };
  const told = toldBy(decision, seen);
  if (!told) return undefined;
  // That the same commit passed shows that a newer one was not needed, whichever was heard of first.
  const mayStill = before.truth === undefined || before.truth === "unknown" || (before.truth === "fixed" && told.truth === "flake");
  const after: Learnt = { ...told, ...before, ...(mayStill && told.truth !== undefined && { truth: told.truth }) };
  return after.again === before.again && after.truth === before.truth ? undefined : after;
}

function toldBy(decision: StoredDecision, { run, jobs, hadMain }: SeenLater): Learnt | undefined {
  const isLater = run.runId === decision.runId ? run.attempt > decision.attempt : run.number > decision.number;
  if (run.workflowId !== decision.workflowId || !isLater) return undefined;
  const hasPassed = run.conclusion === "success";
  const isHere = isSamePlace(placeOf(run), decision.place);
  if (isHere && run.headSha === decision.headSha) {
    if (hasPassed) return { again: "passed", truth: "flake" };
    return needsJobs(decision, run) ? fromJobs(decision, jobs) : undefined;
  }
  if (isHere && hasPassed) return { truth: "fixed" };
  const isMain = placeOf(run) === `branch:${run.defaultBranch}`;
  return isMain && hasPassed && hadMain ? { truth: "main_recovered" } : undefined;
}

/** The run failed again, though maybe in other jobs. */
function fromJobs({ jobs: names, attempt }: StoredDecision, jobs: readonly RunJob[]): Learnt | undefined {
  const ran = jobs.filter((job) => names.includes(job.name) && job.attempt > attempt && job.isOver);
  if (ran.some(({ state }) => state === "failed")) return { again: "failed" };
  const hasAll = names.every((name) => ran.some((job) => job.name === name && job.state === "passed"));
  return hasAll ? { again: "passed", truth: "flake" } : undefined;
}

import type { Branches } from "../failures/branches.ts";
import type { FinishedRun } from "../policy/finished-run.ts";
import { matchesAnyGlob } from "../policy/glob.ts";
import { isSameName } from "../same-name.ts";
import type { Followed } from "./followed.ts";
import type { RunMark, Subject } from "./incident.ts";

export type PipelineSubject = Extract<Subject, { kind: "pipeline" }>;

export const followedAmong = (all: readonly Followed[], repository: string): Followed | undefined =>
  all.find((one) => isSameName(one.repository, repository));

/** What starts runs that concern a branch as a whole. A `workflow_run` may come of a pull request, and says it was on the default branch. */
const ofBranches: readonly string[] = ["push", "workflow_dispatch", "dynamic", "repository_dispatch"];

/** Whether a run's failure concerns a channel and on-call, and as what; undefined for a pull request's and for any other branch's. */
export async function pipelineOf(run: FinishedRun, followed: Followed, branches: Branches): Promise<PipelineSubject | undefined> {
  const { repository, workflowId, workflow, branch, event } = run;
  const of = (trigger: PipelineSubject["trigger"]): PipelineSubject => ({
    kind: "pipeline",
    repository,
    workflowId,
    workflow,
    branch,
    trigger,
  });
  if (event === "merge_group") return of("merge_queue");
  if (event === "schedule") return of("schedule");
  if (event === "release") return of("release");
  if (!ofBranches.includes(event) || !isSameName(run.headRepository, repository)) return undefined;
  const isWatched = followed.branches
    ? matchesAnyGlob(followed.branches, branch)
    : branch === run.defaultBranch || (await branches.isProtected(repository, branch));
  return isWatched ? of("branch") : undefined;
}

/** One open incident for each: which jobs fail is how it stands, not what it is. */
export const keyOf = ({ repository, workflowId, branch, trigger }: PipelineSubject): string =>
  `pipeline:${repository.toLowerCase()}:${workflowId}:${trigger}:${branch}`;

/** @param at when we learned of it, in milliseconds since the epoch */
export const markOf = ({ runId, number, attempt, headSha, url, event, pullRequest }: FinishedRun, at: number): RunMark => ({
  runId,
  number,
  attempt,
  headSha,
  url,
  at,
  ...(event === "merge_group" && pullRequest !== undefined && { pullRequest }),
});

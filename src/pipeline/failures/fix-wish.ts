import type { Fix } from "../known-issues/book.ts";
import type { KnownMatch } from "../known-issues/known-issue.ts";
import type { FinishedRun } from "../policy/finished-run.ts";
import type { Diagnosis, FailedJob } from "./diagnosis.ts";

/** What is less sure is for people to decide. */
const surelyEnough = 0.8;

/** Stands for an issue where a model wished for it; no known issue has a name of that shape. */
export const triageIssue = "triage:claude";

/** A job that failed, and the known issue it failed from. */
export interface FixJob extends Pick<FailedJob, "jobId" | "name"> {
  readonly issue: string;
}

/** What may help against failures of one attempt, all at once. */
export interface FixWish {
  readonly type: Fix["type"];
  /** The workflow's file; empty for a retry. */
  readonly script: string;
  readonly isSure: boolean;
  /** Why, in a clause without a full stop, where it is no known issue that says so. */
  readonly because?: string;
  readonly jobs: readonly FixJob[];
}

/** What may be done about the jobs that failed from known issues: one retry for all of them, and one start for each issue with a workflow. */
export function fixWishes({ jobs }: Pick<Diagnosis, "jobs">): readonly FixWish[] {
  const wishes = jobs.flatMap((job) => (job.known ? toWishes(job, job.known) : []));
  const groups = Map.groupBy(wishes, ({ type, script, isSure, jobs: [job] }) =>
    JSON.stringify([type, script, isSure, type === "workflow" && job?.issue]),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ ...first, jobs: group.flatMap((wish) => wish.jobs) }] : [];
  });
}

function toWishes({ jobId, name }: FailedJob, { id: issue, autoFix }: KnownMatch): readonly FixWish[] {
  if (!autoFix || autoFix.type === "manual") return [];
  const { type, confidence } = autoFix;
  const script = type === "workflow" ? autoFix.script : "";
  return [{ type, script, isSure: confidence >= surelyEnough, jobs: [{ jobId, name, issue }] }];
}

/** Names what is done about one attempt: whoever comes with the same one finds it begun. */
export function fixIntent(
  { repository, runId, attempt }: Pick<FinishedRun, "repository" | "runId" | "attempt">,
  type: Fix["type"],
  issue: string,
): string {
  const what = type === "workflow" ? `workflow:${issue}` : issue === triageIssue ? `retry:${issue}` : "retry";
  return `auto-fix:${repository.toLowerCase()}:${runId}:${attempt}:${what}`;
}

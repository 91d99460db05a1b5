import type { Services } from "../../services.ts";
import type { RunJob } from "../runs.ts";
import type { JobEnd } from "./backoff.ts";

/** An attempt of a run that has ended. */
export interface EndedAttempt extends Pick<JobEnd, "repository" | "headSha" | "workflow" | "runId" | "attempt"> {
  /** Somebody who cancels it wanted it so: only then no failure in it counts. */
  readonly hasFailed: boolean;
  /** When we heard of it, in milliseconds since the epoch: for jobs of which GitHub does not say when they ended. */
  readonly heardAt: number;
}

/** Cancelled is not failed: somebody wanted it so. */
export const failedConclusions: readonly unknown[] = ["failure", "timed_out", "startup_failure"];

type Needs = Pick<Services, "records" | "runs">;

/**
 * Counts the attempt's failures against its commit, and lets what passed reset them. What passed in later attempts resets them too, so
 * that the ends of attempts may be told in any order. An attempt that did not fail asks GitHub nothing when nothing of it is counted.
 */
export async function recordAttempt(ended: EndedAttempt, { records, runs }: Needs): Promise<void> {
  const { repository, headSha, workflow, runId, attempt, hasFailed } = ended;
  if (!hasFailed) {
    const counted = await records.transaction(({ backoff }) => backoff.ofCommit(repository, headSha));
    if (!counted.some((one) => one.workflow.id === workflow.id)) return;
  }
  const newest = await runs.jobs(repository, runId);
  const ends = [...toJobEnds(ended, newest)];
  // Told late: what ran again since is not in the newest list as this attempt left it.
  for (let number = attempt; number < Math.max(...newest.map((job) => job.attempt)); number++) {
    const jobs = await runs.jobs(repository, runId, number);
    ends.push(...toJobEnds(ended, jobs));
  }
  await records.transaction(({ backoff }) => backoff.add(ends));
}

/** How the attempt's jobs ended, and which passed in later ones. */
export function toJobEnds(ended: EndedAttempt, jobs: readonly RunJob[]): readonly JobEnd[] {
  const { repository, headSha, workflow, runId, attempt, hasFailed, heardAt } = ended;
  const counts = (job: RunJob) =>
    job.state === "passed" ? job.attempt >= attempt : hasFailed && job.state === "failed" && job.attempt === attempt;
  return jobs
    .filter((job) => job.isOver && counts(job))
    .map((job) => ({
      repository,
      headSha,
      workflow,
      runId,
      attempt: job.attempt,
      job: job.name,
      hasPassed: job.state === "passed",
      endedAt: job.endedAt ?? heardAt,
    }));
}

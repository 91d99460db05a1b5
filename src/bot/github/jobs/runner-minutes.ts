import { z } from "zod";
import type { NewJob } from "../../../pipeline/queue.ts";
import { toPlaceRun } from "../../../pipeline/runner-minutes/place-run.ts";
import { toRecordRunnerJob } from "../../../pipeline/runner-minutes/record-job.ts";
import { queuedAs, workflowName } from "../to-finished-run.ts";

const Action = z.object({ action: z.string(), workflow_job: z.object({ runner_name: z.string().nullish() }) });

const at = z.string().transform(Date.parse).pipe(z.int());

const EndedJob = z.object({
  repository: z.object({ full_name: z.string(), private: z.boolean() }),
  workflow_job: z.object({
    id: z.int(),
    run_id: z.int(),
    run_attempt: z.int().default(1),
    name: z.string(),
    workflow_name: z.string().nullable().catch(null),
    head_sha: z.string(),
    started_at: at,
    completed_at: at,
    conclusion: z.string(),
    labels: z.array(z.string().nullable()),
  }),
});

const longestName = 200;
const mostLabels = 20;

/** For what it cost: a job that had a runner has ended. What was skipped, or cancelled while it waited, cost nothing. */
export function recordJob(payload: unknown): NewJob | undefined {
  const { action, workflow_job: whether } = Action.parse(payload);
  if (action !== "completed" || !whether.runner_name) return undefined;
  const { repository, workflow_job: job } = EndedJob.parse(payload);
  return toRecordRunnerJob({
    repository: repository.full_name,
    isPrivate: repository.private,
    runId: job.run_id,
    attempt: job.run_attempt,
    jobId: job.id,
    name: job.name.slice(0, longestName),
    workflow: workflowName(job.workflow_name),
    headSha: job.head_sha,
    labels: job.labels.flatMap((label) => label ?? []).slice(0, mostLabels),
    startedAt: job.started_at,
    endedAt: job.completed_at,
    conclusion: job.conclusion,
  });
}

const OfPull = z.object({ number: z.int(), base: z.object({ repo: z.object({ id: z.int() }).optional() }).optional() });

/** GitHub leaves some of it out; then the run is of no pull request as far as we know. */
const Run = z.object({
  repository: z.object({ id: z.int().optional(), full_name: z.string(), default_branch: z.string().optional() }),
  workflow_run: z.object({
    id: z.int(),
    event: z.string().default(""),
    head_branch: z.string().nullish(),
    head_sha: z.string().default(""),
    head_repository: z.object({ full_name: z.string() }).nullable().catch(null),
    pull_requests: z.array(OfPull.nullable()).catch([]),
  }),
});

/** For what a pull request cost: which one the run is of. */
export function placeRun(payload: unknown): NewJob | undefined {
  const { repository, workflow_run: run } = Run.parse(payload);
  const ofPull = run.event.startsWith("pull_request");
  const branch = run.head_branch ?? "";
  // What runs on the default branch is nobody's, even while that is to be merged into another.
  const isOfBranch = !ofPull && branch === repository.default_branch;
  // GitHub also names pull requests of forks, which are others of the same number.
  const own = run.pull_requests.find((pull) => pull?.base?.repo?.id === repository.id)?.number;
  const pullRequest = queuedAs(branch)?.pullRequest ?? (isOfBranch ? undefined : own);
  const headRepository = run.head_repository?.full_name;
  const isFork = headRepository !== undefined && headRepository.toLowerCase() !== repository.full_name.toLowerCase();
  if (pullRequest === undefined && !(ofPull && isFork)) return undefined;
  return toPlaceRun({
    repository: repository.full_name,
    runId: run.id,
    event: run.event,
    branch,
    headRepository: headRepository ?? repository.full_name,
    headSha: run.head_sha,
    ...(pullRequest !== undefined && { pullRequest }),
  });
}

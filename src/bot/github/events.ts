import { z } from "zod";
import type { Settings } from "../../config/settings.ts";
import { toRecordFailure } from "../../pipeline/backoff/record-failure.ts";
import { toFollow, toFollowLater } from "../../pipeline/operations/follow-task.ts";
import type { NewJob } from "../../pipeline/queue.ts";
import { answerTask, toPayload } from "../delivery.ts";
import { mirrorIssueComment, mirrorPullRequest } from "../mirror/github-events.ts";
import { toDelivery } from "./to-delivery.ts";

/** What is known of a delivery besides its payload. */
export interface Known {
  readonly guid: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  readonly settings: Settings;
  /** Whether a login is our own. */
  readonly isUs: (login: string) => boolean;
}

/** Makes a job of a delivery; undefined when nothing in it is for us. Throws z.ZodError when GitHub's shape changed. */
type ToJob = (payload: unknown, known: Known) => NewJob | undefined;

/** The events that we take, and what makes jobs of each. */
export const events: Readonly<Record<string, readonly ToJob[]>> = {
  issue_comment: [onIssueComment, mirrorIssueComment],
  pull_request: [mirrorPullRequest],
  workflow_job: [onWorkflowJob],
  // A failure counts before what waited for the end of the run goes on.
  workflow_run: [onFailedRun, onWorkflowRun],
};

function onIssueComment(payload: unknown, { guid, receivedAt, settings, isUs }: Known): NewJob | undefined {
  const delivery = toDelivery(payload, guid, receivedAt, settings, isUs);
  return delivery && { id: `github:${guid}`, task: answerTask, payload: toPayload(delivery) };
}

const repository = z.object({ full_name: z.string() });
const WorkflowRun = z.object({ repository, workflow_run: z.object({ id: z.int() }) });
const EndedRun = z.object({
  action: z.string(),
  repository,
  workflow_run: z.object({
    id: z.int(),
    run_attempt: z.int().default(1),
    workflow_id: z.int(),
    name: z.string().nullish(),
    head_sha: z.string(),
    conclusion: z.string().nullish(),
  }),
});
const WorkflowJob = z.object({
  action: z.string(),
  repository,
  workflow_job: z.object({ run_id: z.int(), run_attempt: z.int().default(1) }),
});

function onWorkflowRun(payload: unknown, { guid }: Known): NewJob {
  const { repository, workflow_run: run } = WorkflowRun.parse(payload);
  return toFollow(`github:${guid}`, { repository: repository.full_name, runId: run.id });
}

/** Cancelled is not failed: somebody wanted it so. */
const failures: readonly unknown[] = ["failure", "timed_out", "startup_failure"];

function onFailedRun(payload: unknown, { receivedAt }: Known): NewJob | undefined {
  const { action, repository, workflow_run: run } = EndedRun.parse(payload);
  if (action !== "completed" || !failures.includes(run.conclusion)) return undefined;
  // Named by its attempt: a repeated delivery tells of the same failure.
  return toRecordFailure(`failure:${repository.full_name}:${run.id}:${run.run_attempt}`, {
    repository: repository.full_name,
    headSha: run.head_sha,
    workflow: { id: run.workflow_id, name: run.name || "a workflow without a name" },
    runId: run.id,
    attempt: run.run_attempt,
    failedAt: receivedAt,
  });
}

/** Many jobs of a run may end within seconds; people are told of them together. */
const togetherMs = 10_000;

function onWorkflowJob(payload: unknown, { receivedAt }: Known): NewJob | undefined {
  const { action, repository, workflow_job: job } = WorkflowJob.parse(payload);
  if (action !== "completed") return undefined;
  const slot = Math.floor(receivedAt / togetherMs) + 1;
  const run = { repository: repository.full_name, runId: job.run_id };
  return toFollowLater(`follow:${job.run_id}:${job.run_attempt}:${slot}`, run, slot * togetherMs);
}

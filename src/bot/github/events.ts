import { z } from "zod";
import { toRecordFailure } from "../../pipeline/backoff/record-failure.ts";
import { toFollow, toFollowLater } from "../../pipeline/operations/follow-task.ts";
import { toLookAtWatched } from "../../pipeline/personal/look-at-watched.ts";
import { toNotify } from "../../pipeline/policy/notify.ts";
import type { NewJob } from "../../pipeline/queue.ts";
import { answerTask, toPayload } from "../delivery.ts";
import { mirrorIssueComment, mirrorPullRequest, mirrorReview, mirrorReviewComment } from "../mirror/github-events.ts";
import type { Known } from "./known.ts";
import { toDiscussionBody, toDiscussionComment } from "./said/discussion.ts";
import { heard, type Said } from "./said/heard.ts";
import { toIssueComment } from "./said/issue-comment.ts";
import { toPullRequestBody } from "./said/pull-request.ts";
import { toReviewBody, toReviewComment } from "./said/review.ts";
import { toFinishedRun } from "./to-finished-run.ts";

/** Makes a job of a delivery; undefined when nothing in it is for us. Throws z.ZodError when GitHub's shape changed. */
type ToJob = (payload: unknown, known: Known) => NewJob | undefined;

/** What people say in the events in which they say something. */
const words = {
  discussion: onWords(toDiscussionBody),
  discussion_comment: onWords(toDiscussionComment),
  issue_comment: onWords(toIssueComment),
  pull_request: onWords(toPullRequestBody),
  pull_request_review: onWords(toReviewBody),
  pull_request_review_comment: onWords(toReviewComment),
};

export const eventsWithWords: ReadonlySet<string> = new Set(Object.keys(words));

/** The events that we take, and what makes jobs of each. */
export const events: Readonly<Record<string, readonly ToJob[]>> = {
  discussion: [words.discussion],
  discussion_comment: [words.discussion_comment],
  issue_comment: [words.issue_comment, mirrorIssueComment],
  pull_request: [words.pull_request, mirrorPullRequest, onPullRequest],
  pull_request_review: [words.pull_request_review, mirrorReview],
  pull_request_review_comment: [words.pull_request_review_comment, mirrorReviewComment],
  workflow_job: [onWorkflowJob],
  // A failure counts before what waited for the end of the run goes on.
  workflow_run: [onFailedRun, onWorkflowRun, onRunEndedForChannels, onRunEndedForWatchers],
};

function onWords(toSaid: (payload: unknown) => Said): ToJob {
  return (payload, known) => {
    const delivery = heard(toSaid(payload), known);
    return delivery && { id: `github:${known.guid}`, task: answerTask, payload: toPayload(delivery) };
  };
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

function onRunEndedForChannels(payload: unknown): NewJob | undefined {
  const run = toFinishedRun(payload);
  return run && toNotify(run);
}

function onRunEndedForWatchers(payload: unknown): NewJob | undefined {
  const run = toFinishedRun(payload);
  const { repository = "", runId = 0, attempt = 0, headSha = "" } = run ?? {};
  return run && toLookAtWatched(`watched:${repository}:${runId}:${attempt}`, repository, { kind: "run_ended", headSha });
}

const PullRequest = z.object({ action: z.string(), number: z.int(), repository, reason: z.string().default("unknown reason") });

/** For those who watch it: a new head is a new turn, out of the queue is news, and closed is the end. */
function onPullRequest(payload: unknown, { guid }: Known): NewJob | undefined {
  const { action, number, repository, reason } = PullRequest.parse(payload);
  const id = `watched:github:${guid}`;
  if (action === "synchronize") return toLookAtWatched(id, repository.full_name, { kind: "look", number });
  if (action === "dequeued") return toLookAtWatched(id, repository.full_name, { kind: "dequeued", number, reason });
  return action === "closed" ? toLookAtWatched(id, repository.full_name, { kind: "closed", number }) : undefined;
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

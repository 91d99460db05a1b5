import { mirrorIssueComment, mirrorPullRequest, mirrorReview, mirrorReviewComment } from "../mirror/github-events.ts";
import { onCheckRun } from "./jobs/on-check-run.ts";
import { onEndedAttempt } from "./jobs/on-ended-attempt.ts";
import { followFailures, tellChannels, tellWatchers } from "./jobs/on-ended-run.ts";
import { onPullRequest, tellDequeued } from "./jobs/on-pull-request.ts";
import { reviewChanges } from "./jobs/on-reviewable.ts";
import { onWords } from "./jobs/on-words.ts";
import { onWorkflowJob } from "./jobs/on-workflow-job.ts";
import { onWorkflowRun } from "./jobs/on-workflow-run.ts";
import { placeRun, recordJob } from "./jobs/runner-minutes.ts";
import type { ToNewJob } from "./jobs/to-new-job.ts";
import { toDiscussionBody, toDiscussionComment } from "./said/discussion.ts";
import { toIssueComment } from "./said/issue-comment.ts";
import { toPullRequestBody } from "./said/pull-request.ts";
import { toReviewBody, toReviewComment } from "./said/review.ts";

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
export const events: Readonly<Record<string, readonly ToNewJob[]>> = {
  check_run: [onCheckRun],
  discussion: [words.discussion],
  discussion_comment: [words.discussion_comment],
  issue_comment: [words.issue_comment, mirrorIssueComment],
  pull_request: [words.pull_request, mirrorPullRequest, tellDequeued, reviewChanges, onPullRequest],
  pull_request_review: [words.pull_request_review, mirrorReview],
  pull_request_review_comment: [words.pull_request_review_comment, mirrorReviewComment],
  workflow_job: [onWorkflowJob, recordJob],
  // What failed counts before what waited for the end of the run goes on.
  workflow_run: [onEndedAttempt, onWorkflowRun, placeRun, tellChannels, tellWatchers, followFailures],
};

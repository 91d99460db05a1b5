import { z } from "zod";
import { toMirrorJob } from "../../pipeline/mirror/changes.ts";
import type { NewJob } from "../../pipeline/queue.ts";
import type { Known } from "../github/known.ts";
import { Around, isMirrored, Pull, Repository, toFacts, toJob, Words } from "./github-said.ts";

const PullRequest = z.object({
  action: z.string(),
  repository: Repository,
  pull_request: Pull.extend({ id: z.int(), created_at: z.string(), merged_at: z.string().nullish() }),
});

/** Actions by which a pull request comes up for discussion; the others only change what is there. */
const beginnings = ["opened", "reopened", "ready_for_review"];
const followed = [...beginnings, "edited", "closed", "converted_to_draft", "locked", "unlocked"];

/** The state and title of a pull request, for the first message of its thread. */
export function mirrorPullRequest(payload: unknown, { guid, settings }: Known): NewJob | undefined {
  if (!isMirrored(payload, settings)) return undefined;
  const { action, repository, pull_request: pull } = PullRequest.parse(payload);
  if (!followed.includes(action)) return undefined;
  return toMirrorJob(`github:${guid}`, {
    kind: "pull",
    pull: toFacts(repository.full_name, pull, pull.merged_at),
    begins: beginnings.includes(action),
    ...(action === "opened" && { opening: { key: `github:pull:${pull.id}`, saidAt: Date.parse(pull.created_at) } }),
  });
}

const rankOf: Readonly<Record<string, number>> = { created: 0, submitted: 0, edited: 1, dismissed: 2, deleted: 0 };

const Comment = Words.extend({ created_at: z.string(), updated_at: z.string() });

const IssueComment = Around.extend({
  issue: Pull.extend({ pull_request: z.object({ merged_at: z.string().nullish() }).optional() }),
  comment: Comment,
});

/** A comment in the conversation of a pull request. */
export function mirrorIssueComment(payload: unknown, known: Known): NewJob | undefined {
  if (!isMirrored(payload, known.settings)) return undefined;
  const { issue, comment, ...around } = IssueComment.parse(payload);
  const rank = rankOf[around.action];
  if (!issue.pull_request || rank === undefined) return undefined;
  const pull = toFacts(around.repository.full_name, issue, issue.pull_request.merged_at);
  const { created_at: saidAt, updated_at: changedAt } = comment;
  return toJob({ kind: "comment", around, words: comment, pull, saidAt, changedAt, rank }, known);
}

/** As reviews and the comments in them tell of it. */
const Reviewed = Pull.extend({ merged_at: z.string().nullish() });

const ReviewComment = Around.extend({
  pull_request: Reviewed,
  comment: Comment.extend({ path: z.string(), line: z.int().nullish(), original_line: z.int().nullish() }),
});

/** A comment on a line of a pull request, or a reply to one. */
export function mirrorReviewComment(payload: unknown, known: Known): NewJob | undefined {
  if (!isMirrored(payload, known.settings)) return undefined;
  const { pull_request: reviewed, comment, ...around } = ReviewComment.parse(payload);
  const rank = rankOf[around.action];
  if (rank === undefined) return undefined;
  const pull = toFacts(around.repository.full_name, reviewed, reviewed.merged_at);
  const { path, line, original_line: originalLine, created_at: saidAt, updated_at: changedAt } = comment;
  // A line that later commits changed has no place any more but its first one; what is said on a file has none.
  const at = line ?? originalLine;
  const about = at == null ? path : `${path}:${at}`;
  return toJob({ kind: "review-comment", around, words: comment, pull, saidAt, changedAt, rank, about }, known);
}

const Review = Around.extend({
  pull_request: Reviewed,
  review: Words.extend({ state: z.string(), submitted_at: z.string().nullish(), updated_at: z.string().nullish() }),
});

const verdicts: Readonly<Record<string, string>> = { approved: "approved", changes_requested: "requested changes" };

/** What a review says as a whole, and its verdict. One that only holds comments on lines says nothing itself. */
export function mirrorReview(payload: unknown, known: Known): NewJob | undefined {
  if (!isMirrored(payload, known.settings)) return undefined;
  const { pull_request: reviewed, review, ...around } = Review.parse(payload);
  const rank = rankOf[around.action];
  const { submitted_at: saidAt, updated_at: updatedAt } = review;
  if (rank === undefined || saidAt == null) return undefined;
  const about = around.action === "dismissed" ? `a review that ${around.sender.login} dismissed` : verdicts[review.state.toLowerCase()];
  if (around.action === "submitted" && !review.body && about === undefined) return undefined;
  const pull = toFacts(around.repository.full_name, reviewed, reviewed.merged_at);
  const changedAt = updatedAt ?? saidAt;
  return toJob({ kind: "review", around, words: review, pull, saidAt, changedAt, rank, ...(about !== undefined && { about }) }, known);
}

import { z } from "zod";
import { Around, type Said, Words } from "./heard.ts";

const PullRequest = z.object({ number: z.int(), node_id: z.string() });

const Review = Around.extend({
  // A review that is not submitted has no time; people see it only when it is.
  review: Words.extend({ submitted_at: z.string().nullish() }),
  pull_request: PullRequest,
});

/** What a review says as a whole. It is answered in the conversation: GitHub has no replies to it. Throws z.ZodError when GitHub's shape changed. */
export function toReviewBody(payload: unknown): Said {
  const { review, pull_request: pull, ...around } = Review.parse(payload);
  return {
    around,
    words: review,
    source: `github:review:${review.id}`,
    at: review.submitted_at ?? "",
    begins: "submitted",
    place: { kind: "pull_request", number: pull.number, subjectId: pull.node_id },
  };
}

const ReviewComment = Around.extend({
  comment: Words.extend({ created_at: z.string(), in_reply_to_id: z.int().nullish() }),
  pull_request: PullRequest,
});

/** A comment on a line of a pull request, also one that came with a review. Throws z.ZodError when GitHub's shape changed. */
export function toReviewComment(payload: unknown): Said {
  const { comment, pull_request: pull, ...around } = ReviewComment.parse(payload);
  return {
    around,
    words: comment,
    source: `github:review-comment:${comment.id}`,
    at: comment.created_at,
    begins: "created",
    place: {
      kind: "pull_request",
      number: pull.number,
      subjectId: pull.node_id,
      // Whatever of a thread is replied to, this is its first comment.
      thread: { kind: "review", commentId: comment.in_reply_to_id ?? comment.id },
    },
  };
}

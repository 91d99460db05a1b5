import { reviewsAs } from "../reviews/changes.ts";
import type { ReviewComment } from "../reviews/reviews.ts";
import type { Context, Input } from "./context.ts";
import { reviewCommentNode } from "./review.ts";
import { findSubject } from "./subjects.ts";

/** The mutations of what is said on lines. Each answers before its delivery does, as GitHub. */
export const reviewMutations = {
  async addPullRequestReviewThreadReply({ input }: Input<{ pullRequestReviewThreadId: string; body: string }>, context: Context) {
    const { repository, found, change } = await toChange(context, input.pullRequestReviewThreadId, "PullRequestReviewThread");
    return { ...echo(input), comment: reviewCommentNode(context, repository, change.reply(found, input.body).thing) };
  },

  async updatePullRequestReviewComment({ input }: Input<{ pullRequestReviewCommentId: string; body: string }>, context: Context) {
    const { repository, found, change } = await toChange(context, input.pullRequestReviewCommentId, "PullRequestReviewComment");
    const { thing } = change.editComment(found, input.body);
    return { ...echo(input), pullRequestReviewComment: reviewCommentNode(context, repository, thing) };
  },

  async deletePullRequestReviewComment({ input }: Input<{ id: string }>, context: Context) {
    const { repository, found, change } = await toChange(context, input.id, "PullRequestReviewComment");
    const { thing } = change.removeComment(found);
    return { ...echo(input), pullRequestReview: null, pullRequestReviewComment: reviewCommentNode(context, repository, thing) };
  },
};

const echo = ({ clientMutationId }: { readonly clientMutationId?: string | null }) => ({ clientMutationId: clientMutationId ?? null });

/** A thread goes by its first comment. */
async function toChange(context: Context, id: string, type: "PullRequestReviewThread" | "PullRequestReviewComment") {
  const { repository, number, databaseId } = await findSubject(context, id, type);
  const found = context.world.reviews.comment(databaseId) as ReviewComment;
  return { repository, found, change: await reviewsAs(context.actor, repository, number, context.world) };
}

import { reviewsAs } from "../reviews/changes.ts";
import { checkPlaces, type DraftThread } from "../reviews/check-places.ts";
import type { ReviewComment, ReviewState } from "../reviews/reviews.ts";
import type { Context, Input } from "./context.ts";
import { reviewCommentNode, reviewNode, threadNode } from "./review.ts";
import { findSubject } from "./subjects.ts";

interface NewReview {
  readonly pullRequestId: string;
  readonly event?: string | null;
  readonly body?: string | null;
  readonly commitOID?: string | null;
  readonly threads?: readonly DraftThread[] | null;
}

const states: Readonly<Record<string, ReviewState>> = {
  COMMENT: "commented",
  APPROVE: "approved",
  REQUEST_CHANGES: "changes_requested",
};

/** The mutations of what is said on lines. Each answers before its delivery does, as GitHub. */
export const reviewMutations = {
  async addPullRequestReview({ input }: Input<NewReview>, context: Context) {
    const { repository, number } = await findSubject(context, input.pullRequestId, "PullRequest");
    const change = await reviewsAs(context.actor, repository, number, context.world);
    const state = input.event && states[input.event];
    if (!state) throw new Error("The sandbox cannot leave a review pending yet.");
    const { headSha, places } = await checkPlaces(context.world, repository.fullName, number, input.threads ?? [], input.commitOID);
    const { thing } = change.submit(state, input.body ?? "", places, headSha);
    return { ...echo(input), pullRequestReview: reviewNode(context, repository, thing), reviewEdge: null };
  },

  async resolveReviewThread({ input }: Input<{ threadId: string }>, context: Context) {
    const { repository, number, found, change } = await toChange(context, input.threadId, "PullRequestReviewThread");
    change.resolve(found);
    const comments = context.world.reviews.threads(repository.fullName, number).find(([first]) => first.id === found.id);
    return { ...echo(input), thread: comments ? threadNode(context, repository, comments) : null };
  },

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
  return { repository, number, found, change: await reviewsAs(context.actor, repository, number, context.world) };
}

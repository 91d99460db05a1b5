import type { KnownRepository } from "../access.ts";
import { accountOf } from "../home.ts";
import { reviewCommentUrl, reviewUrl } from "../reviews/render.ts";
import { type Review, type ReviewComment, threadNodeId } from "../reviews/reviews.ts";
import { actorNode } from "./account.ts";
import { connectionOf, type PageArgs } from "./connection.ts";
import type { Context } from "./context.ts";
import { minimizable, written } from "./written.ts";

export function reviewNode(context: Context, repository: KnownRepository, review: Review) {
  const { world } = context;
  return {
    __typename: "PullRequestReview",
    ...written(context, repository, "review", review),
    ...minimizable(context, repository, "review", review.nodeId),
    state: review.state.toUpperCase(),
    submittedAt: review.createdAt,
    url: reviewUrl(world, review),
    comments: (args: PageArgs) => connectionOf("comments", commentNodes(context, repository, world.reviews.commentsOf(review.id)), args),
  };
}

export function reviewCommentNode(context: Context, repository: KnownRepository, comment: ReviewComment): object {
  const { world } = context;
  const { nodeId, path, line, parent, review } = comment;
  return {
    __typename: "PullRequestReviewComment",
    ...written(context, repository, "review", comment),
    ...minimizable(context, repository, "review", nodeId),
    url: reviewCommentUrl(world, comment),
    path,
    line,
    originalLine: line,
    outdated: false,
    replyTo() {
      const above = parent === undefined ? undefined : world.reviews.comment(parent);
      return above ? reviewCommentNode(context, repository, above) : null;
    },
    pullRequestReview() {
      const found = world.reviews.get(review);
      return found ? reviewNode(context, repository, found) : null;
    },
  };
}

export function threadNode(context: Context, repository: KnownRepository, comments: readonly [ReviewComment, ...ReviewComment[]]) {
  const { world } = context;
  const [{ path, line, startLine }] = comments;
  const resolver = world.reviews.resolvedBy(comments[0]);
  return {
    __typename: "PullRequestReviewThread",
    id: threadNodeId(comments[0]),
    path,
    line,
    originalLine: line,
    startLine: startLine ?? null,
    diffSide: "RIGHT",
    isResolved: resolver !== undefined,
    resolvedBy: resolver === undefined ? null : actorNode(accountOf(world, resolver), world.url),
    isOutdated: false,
    isCollapsed: resolver !== undefined,
    viewerCanReply: world.access.canDiscuss(context.actor, repository, "review"),
    comments: (args: PageArgs) => connectionOf("comments", commentNodes(context, repository, comments), args),
  };
}

const commentNodes = (context: Context, repository: KnownRepository, comments: readonly ReviewComment[]) =>
  comments.map((comment) => reviewCommentNode(context, repository, comment));

/** The fields that a pull request has for its reviews. */
export function reviewed(context: Context, repository: KnownRepository, number: number) {
  const { reviews } = context.world;
  return {
    reviews: (args: PageArgs) =>
      connectionOf(
        "reviews",
        reviews.of(repository.fullName, number).map((review) => reviewNode(context, repository, review)),
        args,
      ),
    reviewThreads: (args: PageArgs) =>
      connectionOf(
        "reviewThreads",
        reviews.threads(repository.fullName, number).map((comments) => threadNode(context, repository, comments)),
        args,
      ),
  };
}

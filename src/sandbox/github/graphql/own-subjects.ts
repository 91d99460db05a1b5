import type { Forum, KnownRepository } from "../access.ts";
import { type ReviewComment, threadNodeId } from "../reviews/reviews.ts";
import type { Context } from "./context.ts";
import { discussionCommentNode, discussionNode } from "./discussion.ts";
import { reviewCommentNode, reviewNode, threadNode } from "./review.ts";
import type { Subject } from "./subjects.ts";

interface Found {
  readonly where: Forum;
  readonly repository: string;
  readonly number: number;
  readonly node: (repository: KnownRepository) => object;
}

/** Finds what the sandbox keeps itself, because the emulator lacks it, by the type and number in its node id. */
export function findOwn(context: Context, type: string, id: number, repositories: readonly KnownRepository[]): Subject | undefined {
  const found = finders[type]?.(context, id);
  const repository = found && repositories.find(({ fullName }) => fullName === found.repository);
  if (!repository) return undefined;
  const { where, number, node } = found;
  return { type, where, repository, number, databaseId: id, node: () => node(repository) };
}

const finders: Readonly<Record<string, (context: Context, id: number) => Found | undefined>> = {
  Discussion(context, id) {
    const found = context.world.discussions.get(id);
    return found && { ...found, where: "discussion", node: (repository) => discussionNode(context, repository, found) };
  },

  DiscussionComment(context, id) {
    const found = context.world.discussions.comment(id);
    const discussion = found && context.world.discussions.get(found.discussion);
    return discussion && { ...discussion, where: "discussion", node: (repository) => discussionCommentNode(context, repository, found) };
  },

  PullRequestReview(context, id) {
    const found = context.world.reviews.get(id);
    return found && { ...found, where: "review", node: (repository) => reviewNode(context, repository, found) };
  },

  PullRequestReviewComment(context, id) {
    const found = context.world.reviews.comment(id);
    return found && { ...found, where: "review", node: (repository) => reviewCommentNode(context, repository, found) };
  },

  PullRequestReviewThread(context, id) {
    const found = threadOf(context, id);
    return found && { ...found[0], where: "review", node: (repository) => threadNode(context, repository, found) };
  },
};

/** The thread that began with that comment. */
function threadOf({ world }: Context, id: number): readonly [ReviewComment, ...ReviewComment[]] | undefined {
  const first = world.reviews.comment(id);
  if (!first) return undefined;
  return world.reviews.threads(first.repository, first.number).find(([comment]) => threadNodeId(comment) === threadNodeId(first));
}

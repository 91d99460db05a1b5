import type { KnownRepository } from "../access.ts";
import type { Category, Discussion, DiscussionComment } from "../discussions/discussions.ts";
import { commentUrl, discussionUrl } from "../discussions/render.ts";
import { connectionOf, type PageArgs } from "./connection.ts";
import { type Context, GraphqlFailure } from "./context.ts";
import { repositorySummary } from "./repository-summary.ts";
import { minimizable, written } from "./written.ts";

export function discussionNode(context: Context, repository: KnownRepository, discussion: Discussion) {
  const { world } = context;
  const { number, title, category } = discussion;
  return {
    __typename: "Discussion",
    ...written(context, repository, "discussion", discussion),
    number,
    title,
    url: discussionUrl(world, discussion),
    category: categoryNode(category),
    closed: false,
    locked: false,
    isAnswered: category.isAnswerable ? false : null,
    answer: null,
    repository: repositorySummary(repository, world.url),
    comments: (args: PageArgs) =>
      connectionOf("comments", commentNodes(context, repository, world.discussions.commentsOn(discussion.id)), args),
  };
}

export function discussionCommentNode(context: Context, repository: KnownRepository, comment: DiscussionComment): object {
  const { world } = context;
  const discussion = world.discussions.get(comment.discussion);
  if (!discussion) throw new GraphqlFailure("NOT_FOUND", "Could not resolve to a Discussion.");
  const { id, nodeId, parent, deletedAt } = comment;
  return {
    __typename: "DiscussionComment",
    ...written(context, repository, "discussion", comment),
    ...minimizable(context, repository, "discussion", nodeId),
    url: commentUrl(world, discussion, comment),
    deletedAt: deletedAt ?? null,
    isAnswer: false,
    discussion: () => discussionNode(context, repository, discussion),
    replyTo() {
      const above = parent === undefined ? undefined : world.discussions.comment(parent);
      return above ? discussionCommentNode(context, repository, above) : null;
    },
    replies: (args: PageArgs) =>
      connectionOf("replies", commentNodes(context, repository, world.discussions.commentsOn(discussion.id, id)), args),
  };
}

function commentNodes(context: Context, repository: KnownRepository, comments: readonly DiscussionComment[]) {
  return comments.map((comment) => discussionCommentNode(context, repository, comment));
}

const categoryNode = ({ nodeId, name, slug, emoji, description, isAnswerable }: Category) => ({
  __typename: "DiscussionCategory",
  id: nodeId,
  name,
  slug,
  emoji,
  description,
  isAnswerable,
});

interface DiscussionsArgs extends PageArgs {
  readonly categoryId?: string | null;
  readonly orderBy?: { readonly field: "CREATED_AT" | "UPDATED_AT"; readonly direction: "ASC" | "DESC" } | null;
}

/** The fields that a repository has for its Discussions, for those who may read them. */
export function discussionsOf(context: Context, repository: KnownRepository) {
  const { discussions } = context.world;

  function checkMayRead(): void {
    const { actor } = context;
    if (actor.kind === "installation" && !("discussions" in actor.permissions)) {
      throw new GraphqlFailure("FORBIDDEN", "Resource not accessible by integration");
    }
  }

  return {
    hasDiscussionsEnabled: true,
    discussion({ number }: { number: number }) {
      checkMayRead();
      const found = discussions.in(repository.fullName).find((one) => one.number === number);
      if (!found) throw new GraphqlFailure("NOT_FOUND", `Could not resolve to a Discussion with the number of ${number}.`);
      return discussionNode(context, repository, found);
    },
    discussions({ categoryId, orderBy, ...page }: DiscussionsArgs) {
      checkMayRead();
      const found = discussions.in(repository.fullName).filter(({ category }) => !categoryId || category.nodeId === categoryId);
      const field = orderBy?.field === "CREATED_AT" ? "createdAt" : "updatedAt";
      const sorted = found.toSorted((one, other) => other[field].localeCompare(one[field]) || other.id - one.id);
      if (orderBy?.direction === "ASC") sorted.reverse();
      return connectionOf(
        "discussions",
        sorted.map((one) => discussionNode(context, repository, one)),
        page,
      );
    },
    discussionCategory({ slug }: { slug: string }) {
      checkMayRead();
      const found = discussions.categories().find((category) => category.slug === slug);
      return found ? categoryNode(found) : null;
    },
    discussionCategories(page: PageArgs) {
      checkMayRead();
      return connectionOf("discussionCategories", discussions.categories().map(categoryNode), page);
    },
  };
}

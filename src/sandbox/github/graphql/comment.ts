import type { KnownRepository } from "../access.ts";
import { commentsOf } from "../comments.ts";
import type { Comment } from "../resources.ts";
import { actorNode } from "./account.ts";
import { connectionOf, type PageArgs } from "./connection.ts";
import type { Context } from "./context.ts";
import { reactable } from "./reactable.ts";
import { minimizable } from "./written.ts";

export function commentNode(context: Context, repository: KnownRepository, comment: Comment) {
  const { world, actor } = context;
  const isOwn = comment.user.login === actor.login;
  return {
    __typename: "IssueComment",
    id: comment.node_id,
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    body: comment.body,
    bodyText: comment.body,
    author: actorNode(comment.user, world.url),
    authorAssociation: comment.author_association,
    viewerDidAuthor: isOwn,
    viewerCanUpdate: isOwn || world.access.canModerate(actor, repository),
    createdAt: comment.created_at,
    updatedAt: comment.updated_at,
    lastEditedAt: comment.updated_at === comment.created_at ? null : comment.updated_at,
    ...minimizable(context, repository, "conversation", comment.node_id),
    url: comment.html_url,
    ...reactable(context, comment.node_id),
  };
}

/** The fields that issues and pull requests share for what is said on them. */
export function discussed(context: Context, repository: KnownRepository, number: number) {
  return {
    async comments(args: PageArgs) {
      const comments = await commentsOf(context.world, repository.fullName, number);
      return connectionOf(
        "comments",
        comments.map((comment) => commentNode(context, repository, comment)),
        args,
      );
    },
  };
}

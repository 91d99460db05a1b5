import type { Forum, KnownRepository } from "../access.ts";
import { accountOf, associationOf } from "../home.ts";
import { actorNode } from "./account.ts";
import type { Context } from "./context.ts";
import { reactable } from "./reactable.ts";

interface Written {
  readonly id: number;
  readonly nodeId: string;
  readonly author: string;
  readonly body: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly editor?: string;
}

/** The fields of everything that somebody wrote and the sandbox keeps itself. */
export function written(context: Context, repository: KnownRepository, where: Forum, thing: Written) {
  const { world, actor } = context;
  const { nodeId, id, author, body, createdAt, updatedAt, editor } = thing;
  const isOwn = author === actor.login;
  const mayChange = isOwn || world.access.canModerate(actor, repository, where);
  return {
    id: nodeId,
    // GraphQL's Int ends where these ids began long ago.
    databaseId: id < 2 ** 31 ? id : null,
    fullDatabaseId: String(id),
    body,
    bodyText: body,
    author: actorNode(accountOf(world, author), world.url),
    authorAssociation: associationOf(world, author, repository),
    editor: editor === undefined ? null : actorNode(accountOf(world, editor), world.url),
    viewerDidAuthor: isOwn,
    viewerCanUpdate: mayChange,
    viewerCanDelete: mayChange,
    createdAt,
    publishedAt: createdAt,
    updatedAt,
    lastEditedAt: editor === undefined ? null : updatedAt,
    ...reactable(context, nodeId),
  };
}

/** The fields of what can be hidden. */
export function minimizable({ world, actor }: Context, repository: KnownRepository, where: Forum, nodeId: string) {
  const reason = world.minimised.get(nodeId);
  return {
    isMinimized: reason !== undefined,
    minimizedReason: reason ?? null,
    viewerCanMinimize: world.access.canModerate(actor, repository, where),
  };
}

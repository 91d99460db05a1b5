import type { KnownRepository } from "../access.ts";
import { discussionsAs } from "../discussions/changes.ts";
import type { Discussion, DiscussionComment } from "../discussions/discussions.ts";
import { Repository } from "../resources.ts";
import { type Context, GraphqlFailure, type Input } from "./context.ts";
import { discussionCommentNode, discussionNode } from "./discussion.ts";
import { findSubject } from "./subjects.ts";

/** The mutations of Discussions. Each answers before its delivery does, as GitHub. */
export const discussionMutations = {
  async createDiscussion({ input }: Input<{ repositoryId: string; categoryId: string; title: string; body: string }>, context: Context) {
    const repository = await findRepository(context, input.repositoryId);
    const category = context.world.discussions.categories().find(({ nodeId }) => nodeId === input.categoryId);
    if (!category)
      throw new GraphqlFailure("NOT_FOUND", `Could not resolve to a DiscussionCategory node with the global id of '${input.categoryId}'.`);
    const { thing } = (await discussionsAs(context.actor, repository, context.world)).open(category, input.title, input.body);
    return { ...echo(input), discussion: discussionNode(context, repository, thing) };
  },

  async updateDiscussion({ input }: Input<{ discussionId: string; title?: string | null; body?: string | null }>, context: Context) {
    const { repository, found, change } = await discussionToChange(context, input.discussionId);
    return { ...echo(input), discussion: discussionNode(context, repository, change.edit(found, input).thing) };
  },

  async deleteDiscussion({ input }: Input<{ id: string }>, context: Context) {
    const { repository, found, change } = await discussionToChange(context, input.id);
    return { ...echo(input), discussion: discussionNode(context, repository, change.remove(found).thing) };
  },

  async addDiscussionComment({ input }: Input<{ discussionId: string; body: string; replyToId?: string | null }>, context: Context) {
    const { repository, found, change } = await discussionToChange(context, input.discussionId);
    const parent = input.replyToId ? (await commentToChange(context, input.replyToId)).found : undefined;
    return { ...echo(input), comment: discussionCommentNode(context, repository, change.comment(found, input.body, parent).thing) };
  },

  async updateDiscussionComment({ input }: Input<{ commentId: string; body: string }>, context: Context) {
    const { repository, found, change } = await commentToChange(context, input.commentId);
    return { ...echo(input), comment: discussionCommentNode(context, repository, change.editComment(found, input.body).thing) };
  },

  async deleteDiscussionComment({ input }: Input<{ id: string }>, context: Context) {
    const { repository, found, change } = await commentToChange(context, input.id);
    return { ...echo(input), comment: discussionCommentNode(context, repository, change.removeComment(found).thing) };
  },
};

const echo = ({ clientMutationId }: { readonly clientMutationId?: string | null }) => ({ clientMutationId: clientMutationId ?? null });

async function discussionToChange(context: Context, id: string) {
  const { repository, databaseId } = await findSubject(context, id, "Discussion");
  const found = context.world.discussions.get(databaseId) as Discussion;
  return { repository, found, change: await discussionsAs(context.actor, repository, context.world) };
}

async function commentToChange(context: Context, id: string) {
  const { repository, databaseId } = await findSubject(context, id, "DiscussionComment");
  const found = context.world.discussions.comment(databaseId) as DiscussionComment;
  return { repository, found, change: await discussionsAs(context.actor, repository, context.world) };
}

export async function findRepository({ world, actor }: Context, id: string): Promise<KnownRepository> {
  for (const known of world.access.visibleTo(actor)) {
    if ((await world.emulated.read(Repository, `/repos/${known.fullName}`))?.node_id === id) return known;
  }
  throw new GraphqlFailure("NOT_FOUND", `Could not resolve to a Repository node with the global id of '${id}'.`);
}

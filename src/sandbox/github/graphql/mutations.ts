import { createComment, deleteComment, editComment, forbidden } from "../comments.ts";
import { commentNode } from "./comment.ts";
import { type Context, GraphqlFailure } from "./context.ts";
import { reactable, reactionNode } from "./reactable.ts";
import { findSubject } from "./subjects.ts";

interface Input<T> {
  readonly input: T & { readonly clientMutationId?: string };
}
type ReactionInput = Input<{ subjectId: string; content: string }>;

/** The mutations that the sandbox carries out, each under the permissions of whoever asks. */
export const mutations = {
  async addComment({ input }: Input<{ subjectId: string; body: string }>, context: Context) {
    const { type, repository, number, node } = await findSubject(context, input.subjectId);
    if (type === "IssueComment") throw new GraphqlFailure("UNPROCESSABLE", "A comment cannot be commented on.");

    const comment = await createComment(context.world, context.actor, repository, number, input.body);
    return {
      clientMutationId: input.clientMutationId ?? null,
      commentEdge: { cursor: comment.node_id, node: commentNode(context, repository, comment) },
      subject: node,
    };
  },

  async updateIssueComment({ input }: Input<{ id: string; body: string }>, context: Context) {
    const { repository, databaseId } = await findSubject(context, input.id);
    const comment = await editComment(context.world, context.actor, repository, databaseId, input.body);
    return { clientMutationId: input.clientMutationId ?? null, issueComment: commentNode(context, repository, comment) };
  },

  async deleteIssueComment({ input }: Input<{ id: string }>, context: Context) {
    const { repository, databaseId } = await findSubject(context, input.id);
    await deleteComment(context.world, context.actor, repository, databaseId);
    return { clientMutationId: input.clientMutationId ?? null };
  },

  async addReaction({ input }: ReactionInput, context: Context) {
    const subject = await findReactable(context, input.subjectId);
    const reaction = context.world.reactions.add(input.subjectId, context.actor.login, input.content);
    return { ...reactionPayload(context, input), reaction: reactionNode(context, reaction), subject };
  },

  async removeReaction({ input }: ReactionInput, context: Context) {
    const subject = await findReactable(context, input.subjectId);
    const reaction = context.world.reactions.remove(input.subjectId, context.actor.login, input.content);
    return { ...reactionPayload(context, input), reaction: reaction ? reactionNode(context, reaction) : null, subject };
  },
};

async function findReactable(context: Context, subjectId: string): Promise<object> {
  const { repository, node } = await findSubject(context, subjectId);
  if (!context.world.access.canDiscuss(context.actor, repository)) throw forbidden(context.actor);
  return node();
}

const reactionPayload = (context: Context, { subjectId, clientMutationId }: ReactionInput["input"]) => ({
  clientMutationId: clientMutationId ?? null,
  reactionGroups: reactable(context, subjectId).reactionGroups,
});

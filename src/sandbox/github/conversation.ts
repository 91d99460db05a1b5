import * as z from "zod";
import type { ApiRequest } from "./answer.ts";
import type { Answered } from "./api.ts";
import { commentsOf } from "./comments.ts";
import type { Delivery } from "./deliveries.ts";
import { Comment } from "./resources.ts";
import type { World } from "./world.ts";

export interface CommentView {
  readonly id: number;
  readonly nodeId: string;
  readonly author: string;
  readonly body: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly reactions: readonly { readonly login: string; readonly content: string }[];
  /** Why it is hidden, where it is: `outdated`. */
  readonly minimised?: string;
}

/** A comment that a person wrote, and the delivery that it caused. */
export interface Said {
  readonly id: number;
  readonly nodeId: string;
  readonly guid: string;
}

const Delivered = z.object({ action: z.string(), comment: z.object({ id: z.number() }) });

/** Says things as people do, through the API but past its log and faults; each resolves when the delivery was answered. */
export function createConversation(world: World, api: (request: ApiRequest) => Promise<Answered>) {
  return {
    comment: (token: string, repository: string, number: number, body: string): Promise<Said> =>
      say("created", token, "POST", `/repos/${repository}/issues/${number}/comments`, body),
    edit: (token: string, repository: string, commentId: number, body: string): Promise<Said> =>
      say("edited", token, "PATCH", `/repos/${repository}/issues/comments/${commentId}`, body),
  };

  function isOf(action: string, commentId: number): (delivery: Delivery) => boolean {
    return ({ payload }) => {
      const delivered = Delivered.safeParse(payload);
      return delivered.success && delivered.data.action === action && delivered.data.comment.id === commentId;
    };
  }

  async function say(action: string, token: string, method: string, target: string, body: string): Promise<Said> {
    const from = world.deliveries.all().length;
    const headers = { authorization: `token ${token}`, "content-type": "application/json" };
    const { answer } = await api({ method, target, headers, body: Buffer.from(JSON.stringify({ body })) });
    if (answer.status >= 300) throw new Error(`GitHub refused the comment with ${answer.status}: ${answer.body.toString()}`);

    const comment = Comment.parse(JSON.parse(answer.body.toString()));
    const { guid } = await world.deliveries.answered(from, isOf(action, comment.id));
    return { id: comment.id, nodeId: comment.node_id, guid };
  }
}

export async function viewComments(world: World, repository: string, number: number): Promise<CommentView[]> {
  const comments = await commentsOf(world, repository, number);
  return comments.map(({ id, node_id, user, body, created_at, updated_at }) => ({
    id,
    nodeId: node_id,
    author: user.login,
    body,
    createdAt: created_at,
    updatedAt: updated_at,
    ...marksOn(world, node_id),
  }));
}

/** What others put on something that was written. */
export function marksOn({ reactions, minimised }: World, nodeId: string): Pick<CommentView, "reactions" | "minimised"> {
  const reason = minimised.get(nodeId);
  const given = reactions.on(nodeId).map(({ login, content }) => ({ login, content }));
  return { reactions: given, ...(reason !== undefined && { minimised: reason }) };
}

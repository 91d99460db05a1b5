import { z } from "zod";
import type { DiscussionThread, GitHubAddress } from "../../../pipeline/outbox.ts";
import type { GitHubClient } from "../client.ts";
import {
  addDiscussionComment,
  deleteDiscussionComment,
  discussionThread,
  lastDiscussionComments,
  updateDiscussionComment,
} from "../documents/discussions.ts";
import type { Comments } from "./comments.ts";
import { Candidates, withMarker } from "./found-by-marker.ts";

const Added = z.object({ addDiscussionComment: z.object({ comment: z.object({ id: z.string() }) }) });
const Last = z.object({ node: z.union([z.object({ comments: Candidates }), z.object({ replies: Candidates })]) });
const Thread = z.object({ node: z.object({ id: z.string(), replyTo: z.object({ id: z.string() }).nullable() }) });

/** A Discussion: its comments, or the replies under one of them. */
export const discussion: Comments = {
  async find(address, marker, client) {
    const id = (await topOf(address, client)) ?? address.subjectId;
    const { node } = Last.parse(await client.query(lastDiscussionComments, { id }));
    return withMarker("comments" in node ? node.comments : node.replies, marker);
  },

  async post(address, body, client) {
    const replyToId = await topOf(address, client);
    const asked = { discussionId: address.subjectId, body, ...(replyToId !== undefined && { replyToId }) };
    return Added.parse(await client.mutate(addDiscussionComment, asked)).addDiscussionComment.comment.id;
  },

  async edit(id, body, { mutate }) {
    await mutate(updateDiscussionComment, { id, body });
  },

  async remove(id, { mutate }) {
    await mutate(deleteDiscussionComment, { id });
  },
};

/** The comment that is replied under; a delivery names that of a reply by a number, by which GitHub finds nothing. */
async function topOf({ thread }: GitHubAddress, { query }: GitHubClient): Promise<string | undefined> {
  const { commentId, isReply } = thread as DiscussionThread;
  if (commentId === undefined || !isReply) return commentId;
  const { node } = Thread.parse(await query(discussionThread, { commentId }));
  return node.replyTo?.id ?? node.id;
}

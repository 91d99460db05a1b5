import { z } from "zod";
import type { GitHubAddress, GitHubThread } from "../../../pipeline/outbox.ts";
import type { GitHubClient } from "../client.ts";
import {
  addThreadReply,
  deleteReviewComment,
  lastThreadComments,
  reviewThreads,
  updateReviewComment,
} from "../documents/review-threads.ts";
import { ifThere } from "../if-there.ts";
import type { Comments } from "./comments.ts";
import { conversation } from "./conversation.ts";
import { Candidates, withMarker } from "./found-by-marker.ts";

const Added = z.object({ addPullRequestReviewThreadReply: z.object({ comment: z.object({ id: z.string() }) }) });
const Last = z.object({ node: z.object({ comments: Candidates }) });
const Threads = z.object({
  node: z.object({
    reviewThreads: z.object({
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      nodes: z.array(
        z.object({ id: z.string(), comments: z.object({ nodes: z.array(z.object({ fullDatabaseId: z.string().nullable() })) }) }),
      ),
    }),
  }),
});

type Page = z.infer<typeof Threads>["node"]["reviewThreads"];

/** The thread under a line of a pull request; the conversation, where somebody deleted the comment that began it. */
export const reviewThread: Comments = {
  async find(address, marker, client) {
    const threadId = await threadOf(address, client);
    if (threadId === undefined) return conversation.find(address, marker, client);
    return withMarker(Last.parse(await client.query(lastThreadComments, { threadId })).node.comments, marker);
  },

  async post(address, body, client) {
    const threadId = await threadOf(address, client);
    if (threadId === undefined) return conversation.post(address, body, client);
    return Added.parse(await client.mutate(addThreadReply, { threadId, body })).addPullRequestReviewThreadReply.comment.id;
  },

  async edit(id, body, client) {
    const isThere = await ifThere(id, () => client.mutate(updateReviewComment, { id, body }));
    if (!isThere) await conversation.edit(id, body, client);
  },

  async remove(id, client) {
    const isThere = await ifThere(id, () => client.mutate(deleteReviewComment, { id }));
    if (!isThere) await conversation.remove(id, client);
  },
};

/** 1,000 threads. */
const mostPages = 10;

/** Deliveries name comments only, and GitHub takes replies to threads only: so it is looked for by its first comment. */
async function threadOf({ subjectId, thread }: GitHubAddress, { query }: GitHubClient): Promise<string | undefined> {
  const { commentId } = thread as Extract<GitHubThread, { kind: "review" }>;
  let after: string | null = null;
  for (let page = 0; page < mostPages; page++) {
    const { nodes, pageInfo }: Page = Threads.parse(await query(reviewThreads, { subjectId, after })).node.reviewThreads;
    const found = nodes.find(({ comments }) => comments.nodes[0]?.fullDatabaseId === String(commentId));
    if (found) return found.id;
    after = pageInfo.endCursor;
    if (!pageInfo.hasNextPage || after === null) break;
  }
  return undefined;
}

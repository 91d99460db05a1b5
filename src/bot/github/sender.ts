import { z } from "zod";
import type { GitHubAddress, StoredMessage } from "../../pipeline/outbox.ts";
import { Postponed } from "../../pipeline/queue.ts";
import { renderMarkdown } from "../render/markdown.ts";
import { replyMarker } from "../render/marker.ts";
import type { GitHub, GitHubClient } from "./client.ts";
import { addComment, lastComments, updateComment } from "./documents.ts";
import { isNotFound, toGitHubError } from "./errors.ts";

const Added = z.object({ addComment: z.object({ commentEdge: z.object({ node: z.object({ id: z.string() }) }) }) });
const Last = z.object({
  node: z.object({ comments: z.object({ nodes: z.array(z.object({ id: z.string(), body: z.string(), viewerDidAuthor: z.boolean() })) }) }),
});

/**
 * Posts or edits the comment of a message. A comment that was posted before a crash could be recorded is found again by its hidden marker.
 *
 * @returns the comment's node id
 * @throws ServiceError; Postponed when it is not our turn to write yet
 */
export function createGitHubSender(github: GitHub, prefix: string): (message: StoredMessage) => Promise<string> {
  return async (message) => {
    const address = message.address as GitHubAddress;
    const body = renderMarkdown(message.key, message.asker, `/${prefix}-`, message.answers);
    try {
      const client = await github.forRepository(address.repository);
      const waitMs = client.writePace.take();
      if (waitMs > 0) throw new Postponed(waitMs);
      const id = message.externalId ?? (message.triedAt === undefined ? undefined : await find(message.key, address, client));
      return (id && (await edit(id, body, client))) || (await post(address, body, client));
    } catch (error) {
      throw toGitHubError(error);
    }
  };
}

async function find(key: string, { subjectId }: GitHubAddress, { query }: GitHubClient): Promise<string | undefined> {
  const { node } = Last.parse(await query(lastComments, { subjectId }));
  const marker = replyMarker(key);
  return node.comments.nodes.find((comment) => comment.viewerDidAuthor && comment.body.includes(marker))?.id;
}

/** @returns undefined when somebody deleted the comment */
async function edit(id: string, body: string, { mutate }: GitHubClient): Promise<string | undefined> {
  try {
    await mutate(updateComment, { id, body });
    return id;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function post({ subjectId }: GitHubAddress, body: string, { mutate }: GitHubClient): Promise<string> {
  return Added.parse(await mutate(addComment, { subjectId, body })).addComment.commentEdge.node.id;
}

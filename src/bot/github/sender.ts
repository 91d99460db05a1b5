import type { GitHubAddress } from "../../pipeline/outbox.ts";
import { Postponed } from "../../pipeline/queue.ts";
import { renderMarkdown } from "../render/markdown.ts";
import { replyMarker } from "../render/marker.ts";
import type { Sender } from "../send.ts";
import type { GitHub } from "./client.ts";
import { commentsAt } from "./comments/comments.ts";
import { toGitHubError } from "./errors.ts";
import { ifThere } from "./if-there.ts";

/**
 * Posts or edits the comment of a message. A comment that was posted before a crash could be recorded is found again by its hidden marker;
 * one without answers is taken back.
 *
 * @returns the comment's node id, where there is one
 * @throws ServiceError; Postponed when it is not our turn to write yet
 */
export function createGitHubSender(github: GitHub, prefix: string): Sender {
  return async (message) => {
    const address = message.address as GitHubAddress;
    const { key, externalId, triedAt, answers, asker } = message;
    const comments = commentsAt(address);
    try {
      const client = await github.forRepository(address.repository);
      const waitMs = client.writePace.take();
      if (waitMs > 0) throw new Postponed(waitMs);
      const id = externalId ?? (triedAt === undefined ? undefined : await comments.find(address, replyMarker(key), client));
      if (answers.length === 0) return id && (await ifThere(id, () => comments.remove(id, client)));

      const body = renderMarkdown(key, asker, `/${prefix}-`, answers);
      const edited = id && (await ifThere(id, () => comments.edit(id, body, client)));
      if (edited || (id && address.staysDeleted)) return id;
      return await comments.post(address, body, client);
    } catch (error) {
      throw toGitHubError(error);
    }
  };
}

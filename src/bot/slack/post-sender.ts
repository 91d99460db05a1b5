import type { WebClient } from "@slack/web-api";
import type { Claims } from "../../pipeline/claims.ts";
import type { SlackPostAddress } from "../../pipeline/outbox.ts";
import { Postponed } from "../../pipeline/queue.ts";
import type { Records } from "../../pipeline/records.ts";
import { type Around, renderBlockKit } from "../render/block-kit.ts";
import type { Sender } from "../send.ts";
import { codeOf, toServiceError } from "./client.ts";
import { openConversation } from "./open-conversation.ts";
import { createPostOnce } from "./post-once.ts";
import { type Fallback, sayElsewhere } from "./undeliverable.ts";

/** How long a message of a thread waits before it looks again whether the thread is there. */
const lookAgainMs = 1_000;
const longestBlockId = 255;

/**
 * Says what nobody asked for: in a channel, in a thread, or to a person. What a channel cannot be sent is said in the fallback channel.
 *
 * @returns the message's channel and timestamp; undefined where it is said elsewhere
 * @throws ServiceError; Postponed while the message that begins its thread is not sent
 */
export function createSlackPostSender(client: WebClient, claims: Claims, fallback: Fallback, prefix: string, spacingMs?: number): Sender {
  const postOnce = createPostOnce(client, claims, spacingMs);
  const { records } = fallback;
  return async (message) => {
    const { to, thread } = message.address as SlackPostAddress;
    const { key, asker } = message;
    const around: Around = {
      ...(asker !== undefined && { asker, prefix: `/${prefix} ` }),
      // By it we know our message again in events about it.
      ...(key.length <= longestBlockId && { id: key }),
    };
    try {
      const threadTs = await threadOf(thread, records);
      const { channel } = "channel" in to ? to : await openConversation(client, to.user);
      const spot = { channel, ...(threadTs !== undefined && { threadTs }) };
      return await postOnce(spot, message, renderBlockKit(message.answers, around));
    } catch (error) {
      if (await sayElsewhere(message, codeOf(error), fallback)) return undefined;
      throw toServiceError(error);
    }
  };
}

async function threadOf(thread: SlackPostAddress["thread"], records: Records): Promise<string | undefined> {
  if (thread === undefined || "ts" in thread) return thread?.ts;
  const first = await records.transaction(({ outbox }) => outbox.find(thread.message));
  // Without its first message there is no thread to belong to.
  if (!first || first.answers.length === 0) return undefined;
  if (first.externalId === undefined) throw new Postponed(lookAgainMs);
  return first.externalId.split("/")[1];
}

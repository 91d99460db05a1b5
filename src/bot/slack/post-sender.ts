import type { WebClient } from "@slack/web-api";
import { ServiceError } from "../../errors.ts";
import type { Claims } from "../../pipeline/claims.ts";
import type { SlackPostAddress, StoredMessage } from "../../pipeline/outbox.ts";
import type { Records } from "../../pipeline/records.ts";
import { type Around, renderBlockKit } from "../render/block-kit.ts";
import type { Sender } from "../send.ts";
import type { ChartRefusals } from "./chart-refusals.ts";
import { codeOf, toServiceError } from "./client.ts";
import { openConversation } from "./open-conversation.ts";
import { createPostOnce } from "./post-once.ts";
import { type Fallback, sayElsewhere } from "./undeliverable.ts";

const longestBlockId = 255;

/**
 * Says what nobody asked for: in a channel, in a thread, or to a person. What a channel cannot be sent is said in the fallback channel.
 *
 * @returns the message's channel and timestamp; undefined where it is said elsewhere
 * @throws ServiceError; Postponed when it is not our turn to post yet
 */
export function createSlackPostSender(
  client: WebClient,
  claims: Claims,
  charts: ChartRefusals,
  fallback: Fallback,
  prefix: string,
  spacingMs?: number,
): Sender {
  const postOnce = createPostOnce(client, claims, charts, spacingMs);
  const { records } = fallback;
  const send: Sender = async (message) => {
    const { to, isBroadcast } = message.address as SlackPostAddress;
    const { key, asker, answers, externalId } = message;
    const around: Around = {
      ...(asker !== undefined && { asker, prefix: `/${prefix} ` }),
      // By it we know our message again in events about it.
      ...(key.length <= longestBlockId && { id: key }),
    };
    try {
      const threadTs = await threadOf(message, send, records);
      const { channel: there } = "channel" in to ? to : await openConversation(client, to.user);
      // What is taken back is taken back where it was said, although other channels are told by now.
      const channel = answers.length === 0 && externalId !== undefined ? channelIn(externalId) : there;
      const spot = { channel, ...(threadTs !== undefined && { threadTs }), ...(isBroadcast && { isBroadcast }) };
      return await postOnce(spot, message, renderBlockKit(message.answers, around));
    } catch (error) {
      const undelivered = await sayElsewhere(message, codeOf(error), fallback);
      if (undelivered === "said") return undefined;
      if (undelivered === "lost") throw toServiceError(error);
      throw new ServiceError("The channel takes no messages for now.", { service: "Slack", retryable: true, cause: error });
    }
  };
  return send;
}

const channelIn = (externalId: string): string => externalId.slice(0, externalId.indexOf("/"));

/**
 * The lane sends the first message of a thread before the others. Where Slack did not take it then, what stays in the channel sends it now; what
 * else belongs to a thread is said without it.
 */
async function threadOf({ address, answers }: StoredMessage, send: Sender, records: Records): Promise<string | undefined> {
  const { thread, stays } = address as SlackPostAddress;
  if (thread === undefined || "ts" in thread) return thread?.ts;
  const first = await records.transaction(({ outbox }) => outbox.find(thread.message));
  if (!first || first.answers.length === 0) return undefined;
  if (first.externalId !== undefined || !stays || answers.length === 0) return first.externalId?.split("/")[1];
  const sent = await send(first);
  await records.transaction(({ outbox }) => outbox.markSent(first.key, first.version, sent));
  return sent?.split("/")[1];
}

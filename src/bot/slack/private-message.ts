import type { WebClient } from "@slack/web-api";
import type { Claims } from "../../pipeline/claims.ts";
import type { StoredMessage } from "../../pipeline/outbox.ts";
import { Postponed } from "../../pipeline/queue.ts";
import type { SlackMessage } from "../render/block-kit.ts";
import { codeOf, toServiceError } from "./client.ts";

/** Slack takes about one message a second in a channel. */
const spacingMs = 1_000;
const metadataType = "nextrust_reply";

/**
 * Sends a message to one person, once: after a crash it is found again by the metadata that it carries.
 *
 * @returns the message's channel and timestamp
 * @throws ServiceError; Postponed when the channel has had its message of this second
 */
export async function sendPrivately(
  client: WebClient,
  claims: Claims,
  user: string,
  { key, triedAt }: StoredMessage,
  message: SlackMessage,
): Promise<string> {
  try {
    const channel = (await client.conversations.open({ users: user })).channel?.id ?? "";
    const turn = await claims.claim(`pace:slack:${channel}`, key, spacingMs);
    if (turn.state === "held") throw new Postponed(turn.freeInMs);
    const earlier = triedAt === undefined ? undefined : await find(client, channel, key, triedAt);
    return `${channel}/${earlier ?? (await post(client, channel, key, message))}`;
  } catch (error) {
    throw toServiceError(error);
  }
}

async function post(client: WebClient, channel: string, key: string, { text, blocks }: SlackMessage): Promise<string> {
  const metadata = { event_type: metadataType, event_payload: { key } };
  try {
    return (await client.chat.postMessage({ channel, text, blocks, metadata })).ts ?? "";
  } catch (error) {
    // Blocks that Slack does not like may not keep the words from the person.
    if (!["invalid_blocks", "msg_blocks_too_long"].includes(codeOf(error) ?? "")) throw error;
    return (await client.chat.postMessage({ channel, text, metadata })).ts ?? "";
  }
}

async function find(client: WebClient, channel: string, key: string, since: number): Promise<string | undefined> {
  try {
    const oldest = String(since / 1000 - 60);
    const { messages = [] } = await client.conversations.history({ channel, oldest, include_all_metadata: true, limit: 100 });
    const isIt = (payload: unknown) => (payload as { key?: string } | undefined)?.key === key;
    return messages.find(({ metadata }) => metadata?.event_type === metadataType && isIt(metadata.event_payload))?.ts;
  } catch (error) {
    // Without the scope to look, posting twice is better than not at all.
    if (codeOf(error) === "missing_scope") return undefined;
    throw error;
  }
}

import type { WebClient } from "@slack/web-api";
import type { Claims } from "../../pipeline/claims.ts";
import type { StoredMessage } from "../../pipeline/outbox.ts";
import { Postponed } from "../../pipeline/queue.ts";
import type { SlackMessage } from "../render/block-kit.ts";
import { codeOf } from "./client.ts";

/** Slack takes about one message a second in a channel. */
const spacingMs = 1_000;
const metadataType = "nextrust_reply";

/**
 * Posts a message in a channel, once, and edits it from then on: after a crash it is found again by the metadata that it carries.
 *
 * @returns what later edits go by: the channel and the timestamp
 * @throws what Slack's client throws; Postponed when the channel has had its message of this second
 */
export async function postOnce(
  client: WebClient,
  claims: Claims,
  channel: string,
  { key, version, triedAt, externalId }: StoredMessage,
  message: SlackMessage,
): Promise<string> {
  const turn = await claims.claim(`pace:slack:${channel}`, `${key}:${version}`, spacingMs);
  if (turn.state === "held") throw new Postponed(turn.freeInMs);

  const known = externalId?.startsWith(`${channel}/`) ? externalId.slice(channel.length + 1) : undefined;
  const ts = known ?? (triedAt === undefined ? undefined : await find(client, channel, key, triedAt));
  if (ts === undefined)
    return `${channel}/${await send(message, (content) => client.chat.postMessage({ channel, ...content, ...mark(key) }))}`;
  try {
    return `${channel}/${await send(message, (content) => client.chat.update({ channel, ts, ...content, ...mark(key) }))}`;
  } catch (error) {
    // Somebody deleted it: they do not want to see it, and nobody else should again.
    if (codeOf(error) !== "message_not_found") throw error;
    return `${channel}/${ts}`;
  }
}

const mark = (key: string) => ({ metadata: { event_type: metadataType, event_payload: { key } } });

type Content = Pick<SlackMessage, "text"> & { blocks?: SlackMessage["blocks"] };

async function send(message: SlackMessage, call: (content: Content) => Promise<{ ts?: string }>): Promise<string> {
  try {
    return (await call({ ...message })).ts ?? "";
  } catch (error) {
    // Blocks that Slack does not like may not keep the words from the person.
    if (!["invalid_blocks", "msg_blocks_too_long"].includes(codeOf(error) ?? "")) throw error;
    return (await call({ text: message.text })).ts ?? "";
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

import type { WebClient } from "@slack/web-api";
import type { Claims } from "../../pipeline/claims.ts";
import type { StoredMessage } from "../../pipeline/outbox.ts";
import { Postponed } from "../../pipeline/queue.ts";
import { paces } from "../paces.ts";
import type { SlackMessage } from "../render/block-kit.ts";
import { attempt, type Content, sendInBestForm } from "./best-form.ts";
import type { ChartRefusals } from "./chart-refusals.ts";
import { codeOf } from "./client.ts";

const metadataType = "nextrust_reply";

/** A channel or private conversation, and the thread in it. */
export interface Spot {
  readonly channel: string;
  readonly threadTs?: string;
  /** What is said in the thread is shown in the channel too. */
  readonly isBroadcast?: true;
}

/**
 * Posts a message, once, and edits it from then on: after a crash it is found again by the metadata that it carries. A message without
 * answers is taken back.
 *
 * @returns what later edits go by: the channel and the timestamp; undefined when there is nothing to take back
 * @throws what Slack's client throws; Postponed when the channel has had its message of this second
 */
export type PostOnce = (spot: Spot, message: StoredMessage, rendered: SlackMessage) => Promise<string | undefined>;

/** @param spacingMs between two messages in a channel */
export const createPostOnce =
  (client: WebClient, claims: Claims, charts: ChartRefusals, spacingMs: number = paces.slackMs): PostOnce =>
  (spot, message, rendered) =>
    postOnce({ client, claims, charts, spacingMs }, spot, message, rendered);

interface Access {
  readonly client: WebClient;
  readonly claims: Claims;
  readonly charts: ChartRefusals;
  readonly spacingMs: number;
}

async function postOnce(
  { client, claims, charts, spacingMs }: Access,
  spot: Spot,
  { key, version, triedAt, externalId, answers }: StoredMessage,
  message: SlackMessage,
): Promise<string | undefined> {
  const { channel, threadTs } = spot;
  const turn = await claims.claim(`pace:slack:${channel}`, `${key}:${version}`, spacingMs);
  if (turn.state === "held") throw new Postponed(turn.freeInMs);

  const known = externalId?.startsWith(`${channel}/`) ? externalId.slice(channel.length + 1) : undefined;
  const ts = known ?? (triedAt === undefined ? undefined : await find(client, spot, key, triedAt));
  const id = (found: string) => `${channel}/${found}`;
  if (answers.length === 0) return ts === undefined ? undefined : id(await takeBack(client, channel, ts));

  const send = async (call: (content: Content) => Promise<{ ts?: string }>) =>
    (await sendInBestForm(message, charts, (content) => attempt(() => call(content)))).ts ?? "";
  const thread = threadTs === undefined ? {} : { thread_ts: threadTs, ...(spot.isBroadcast && { reply_broadcast: true }) };
  if (ts === undefined) return id(await send((content) => client.chat.postMessage({ channel, ...thread, ...content, ...mark(key) })));
  try {
    return id(await send((content) => client.chat.update({ channel, ts, ...content, ...mark(key) })));
  } catch (error) {
    // Somebody deleted it: they do not want to see it, and nobody else should again.
    if (codeOf(error) !== "message_not_found") throw error;
    return id(ts);
  }
}

const mark = (key: string) => ({ metadata: { event_type: metadataType, event_payload: { key } } });

async function takeBack(client: WebClient, channel: string, ts: string): Promise<string> {
  try {
    await client.chat.delete({ channel, ts });
  } catch (error) {
    if (codeOf(error) !== "message_not_found") throw error;
  }
  return ts;
}

async function find(client: WebClient, { channel, threadTs }: Spot, key: string, since: number): Promise<string | undefined> {
  const range = { channel, oldest: String(since / 1000 - 60), include_all_metadata: true, limit: 100 } as const;
  try {
    const { messages = [] } = await (threadTs === undefined
      ? client.conversations.history(range)
      : client.conversations.replies({ ...range, ts: threadTs }));
    const isIt = (payload: unknown) => (payload as { key?: string } | undefined)?.key === key;
    return messages.find(({ metadata }) => metadata?.event_type === metadataType && isIt(metadata.event_payload))?.ts;
  } catch (error) {
    // Without the scope to look, posting twice is better than not at all.
    if (codeOf(error) === "missing_scope") return undefined;
    throw error;
  }
}

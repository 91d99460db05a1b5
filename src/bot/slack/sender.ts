import type { WebClient } from "@slack/web-api";
import { ServiceError } from "../../errors.ts";
import type { Claims } from "../../pipeline/claims.ts";
import type { SlackAddress, StoredMessage } from "../../pipeline/outbox.ts";
import { Postponed } from "../../pipeline/queue.ts";
import { renderBlockKit, type SlackMessage } from "../render/block-kit.ts";
import { codeOf, toServiceError } from "./client.ts";

/** A response_url lives 30 minutes; the last one is left alone. */
const responseUrlLivesMs = 29 * 60_000;
const timeoutMs = 5_000;
/** Slack takes about one message a second in a channel. */
const spacingMs = 1_000;
const metadataType = "nextrust_reply";

/**
 * Answers where the command was typed; when that is no longer possible, in a private message.
 * An answer at a response_url has no identity that we could look for, so a crash while it is sent may repeat it: at least once, never lost.
 *
 * @returns the private message's channel and timestamp, when it came to that
 * @throws ServiceError
 */
export function createSlackSender(
  client: WebClient,
  claims: Claims,
  now: () => number,
): (message: StoredMessage) => Promise<string | undefined> {
  return async (message) => {
    const address = message.address as SlackAddress;
    const rendered = renderBlockKit(message.answers);
    const isPrivate = message.answers.every(({ reply }) => reply.audience === "asker");
    if (now() - address.askedAt < responseUrlLivesMs && (await respond(address, rendered, isPrivate))) return undefined;
    return sendPrivately(client, claims, address.user, message, rendered);
  };
}

/** @returns false when the address is used up or expired */
async function respond({ responseUrl }: SlackAddress, message: SlackMessage, isPrivate: boolean): Promise<boolean> {
  // Nothing is replaced: after a slash command Slack ignores the wish (bolt-js #2287), and a message with a button should stay.
  const body = { ...message, response_type: isPrivate ? "ephemeral" : "in_channel", replace_original: false };
  const response = await fetch(responseUrl, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    redirect: "error",
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((error: unknown) => {
    throw new ServiceError("Slack cannot be reached.", { service: "Slack", retryable: true, cause: error });
  });
  if (response.ok) return true;
  if (response.status === 429 || response.status >= 500) {
    const retryAfterS = Number(response.headers.get("retry-after") ?? 0);
    throw new ServiceError("Slack has trouble answering.", {
      service: "Slack",
      retryable: true,
      ...(retryAfterS > 0 && { retryAfterMs: retryAfterS * 1000 }),
    });
  }
  return false;
}

async function sendPrivately(
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
    const ts =
      earlier ??
      (await client.chat.postMessage({ channel, ...message, metadata: { event_type: metadataType, event_payload: { key } } })).ts;
    return `${channel}/${ts}`;
  } catch (error) {
    throw error instanceof Postponed ? error : toServiceError(error);
  }
}

/** Finds a message that was posted before a crash could be recorded, by the metadata that it carries. */
async function find(client: WebClient, channel: string, key: string, since: number): Promise<string | undefined> {
  try {
    const { messages = [] } = await client.conversations.history({
      channel,
      oldest: String(since / 1000 - 60),
      include_all_metadata: true,
      limit: 100,
    });
    return messages.find(
      ({ metadata }) => metadata?.event_type === metadataType && (metadata.event_payload as { key?: string } | undefined)?.key === key,
    )?.ts;
  } catch (error) {
    // Without the scope to look, posting twice is better than not at all.
    if (codeOf(error) === "missing_scope") return undefined;
    throw error;
  }
}

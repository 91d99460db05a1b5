import type { WebClient } from "@slack/web-api";
import { ServiceError } from "../../errors.ts";
import type { SlackAddress, StoredMessage } from "../../pipeline/outbox.ts";
import { renderBlockKit, type SlackMessage } from "../render/block-kit.ts";
import { codeOf, toServiceError } from "./client.ts";

/** A response_url lives 30 minutes; the last one is left alone. */
const responseUrlLivesMs = 29 * 60_000;
const timeoutMs = 5_000;
const metadataType = "nextrust_reply";

/**
 * Answers where the command was typed; when that is no longer possible, in a private message.
 * A private answer has no identity that we could look for, so a crash in the middle may repeat it (the repetition takes the place of the first).
 *
 * @returns the private message's channel and timestamp, when it came to that
 * @throws ServiceError
 */
export function createSlackSender(client: WebClient, now: () => number): (message: StoredMessage) => Promise<string | undefined> {
  return async (message) => {
    const address = message.address as SlackAddress;
    const rendered = renderBlockKit(message.answers);
    const isPrivate = message.answers.every(({ reply }) => reply.audience === "asker");
    if (now() - address.askedAt < responseUrlLivesMs && (await respond(address, rendered, isPrivate))) return undefined;
    return sendPrivately(client, address.user, message, rendered);
  };
}

/** @returns false when the address is used up or expired */
async function respond({ responseUrl, isClick }: SlackAddress, message: SlackMessage, isPrivate: boolean): Promise<boolean> {
  // The answer to a slash command takes the place of the acknowledgement; the answer to a click leaves the message with the button.
  const body = { ...message, response_type: isPrivate ? "ephemeral" : "in_channel", replace_original: !isClick };
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

async function sendPrivately(client: WebClient, user: string, { key, triedAt }: StoredMessage, message: SlackMessage): Promise<string> {
  try {
    const channel = (await client.conversations.open({ users: user })).channel?.id ?? "";
    const earlier = triedAt === undefined ? undefined : await find(client, channel, key, triedAt);
    const ts =
      earlier ??
      (await client.chat.postMessage({ channel, ...message, metadata: { event_type: metadataType, event_payload: { key } } })).ts;
    return `${channel}/${ts}`;
  } catch (error) {
    throw toServiceError(error);
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

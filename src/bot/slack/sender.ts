import type { WebClient } from "@slack/web-api";
import { ServiceError } from "../../errors.ts";
import type { Claims } from "../../pipeline/claims.ts";
import type { SlackAddress, StoredMessage } from "../../pipeline/outbox.ts";
import { renderBlockKit, type SlackMessage } from "../render/block-kit.ts";
import { sendPrivately } from "./private-message.ts";

/** A response_url lives 30 minutes; the last one is left alone. */
const responseUrlLivesMs = 29 * 60_000;
const timeoutMs = 5_000;

/**
 * Answers where the command was typed; when that is no longer possible, in a private message.
 * An answer at a response_url has no identity that we could look for, so a crash or a lost connection may repeat it: at least once, never lost.
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

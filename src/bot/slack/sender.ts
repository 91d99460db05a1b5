import type { WebClient } from "@slack/web-api";
import type { Claims } from "../../pipeline/claims.ts";
import type { SlackAddress, StoredMessage } from "../../pipeline/outbox.ts";
import { renderBlockKit, type SlackMessage } from "../render/block-kit.ts";
import { codeOf, toServiceError } from "./client.ts";
import { postOnce } from "./post-once.ts";
import { respond } from "./respond.ts";

/** A response_url lives 30 minutes; the last one is left alone. */
const responseUrlLivesMs = 29 * 60_000;

/** Where we may not post, or nobody may. */
const closedToUs = ["not_in_channel", "channel_not_found", "is_archived", "restricted_action"];

/**
 * Answers where the command was typed. What only the asker sees goes to the request's own address; it has no identity that we could look for,
 * so a crash or a lost connection may repeat it: at least once, never lost. What everyone sees is a message of ours, posted once and edited.
 * Where neither is possible, the person gets a private message.
 *
 * @returns the message's channel and timestamp, where it has them
 * @throws ServiceError; Postponed
 */
export function createSlackSender(
  client: WebClient,
  claims: Claims,
  prefix: string,
  now: () => number,
): (message: StoredMessage) => Promise<string | undefined> {
  return async (message) => {
    const address = message.address as SlackAddress;
    const isPrivate = message.answers.every(({ reply }) => reply.audience === "asker");
    const asked = isPrivate ? {} : { asker: message.asker, prefix: `/${prefix} ` };
    const rendered = renderBlockKit(message.answers, asked);
    try {
      const shared = isPrivate ? undefined : await inChannel(client, claims, message, rendered);
      if (shared !== undefined) return shared;
      const first = isPrivate ? rendered : renderBlockKit(message.answers, { ...asked, note: invitation });
      const mayRespond = now() - address.askedAt < responseUrlLivesMs && (isPrivate || message.sentVersion === undefined);
      if (mayRespond && (await respond(address, first, isPrivate))) return undefined;
      return await privately(client, claims, message, rendered);
    } catch (error) {
      throw toServiceError(error);
    }
  };
}

const invitation = "I am not in this channel, so I cannot go on telling here how it ends. Invite me: /invite @nextrust";

/** @returns undefined where we may not post */
async function inChannel(client: WebClient, claims: Claims, message: StoredMessage, rendered: SlackMessage): Promise<string | undefined> {
  const { channel } = message.address as SlackAddress;
  const isElsewhere = message.externalId !== undefined && !message.externalId.startsWith(`${channel}/`);
  if (isElsewhere) return undefined;
  try {
    return await postOnce(client, claims, channel, message, rendered);
  } catch (error) {
    if (closedToUs.includes(codeOf(error) ?? "")) return undefined;
    throw error;
  }
}

async function privately(client: WebClient, claims: Claims, message: StoredMessage, rendered: SlackMessage): Promise<string> {
  const { user } = message.address as SlackAddress;
  const channel = (await client.conversations.open({ users: user })).channel?.id ?? "";
  return postOnce(client, claims, channel, message, rendered);
}

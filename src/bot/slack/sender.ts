import type { WebClient } from "@slack/web-api";
import type { Claims } from "../../pipeline/claims.ts";
import type { Answer, SlackAddress, StoredMessage } from "../../pipeline/outbox.ts";
import { type Around, renderBlockKit, type SlackMessage } from "../render/block-kit.ts";
import type { Sender } from "../send.ts";
import { codeOf, toServiceError } from "./client.ts";
import { openConversation } from "./open-conversation.ts";
import { postOnce, type Spot } from "./post-once.ts";
import { respond } from "./respond.ts";
import { shareFiles } from "./share-files.ts";
import { whisper } from "./whisper.ts";

/** A response_url lives 30 minutes; the last one is left alone. */
const responseUrlLivesMs = 29 * 60_000;

/** Where we may not post, or nobody may. */
const closedToUs = ["not_in_channel", "channel_not_found", "is_archived", "restricted_action"];

/**
 * Answers where the command was typed. What only the asker sees goes to the request's own address, or is whispered; it has no identity that
 * we could look for, so a crash or a lost connection may repeat it: at least once, never lost. What everyone sees is a message of ours,
 * posted once and edited. Where neither is possible, the person gets a private message.
 *
 * @returns the message's channel and timestamp, where it has them
 * @throws ServiceError; Postponed
 */
export function createSlackSender(client: WebClient, claims: Claims, prefix: string, now: () => number): Sender {
  return async (message) => {
    const address = message.address as SlackAddress;
    const { channel, threadTs, responseUrl } = address;
    const forAsker = message.answers.filter(isForAsker);
    const isPrivate = forAsker.length === message.answers.length;
    const asked: Around = isPrivate || message.asker === undefined ? { isPrivate } : { asker: message.asker, prefix: `/${prefix} ` };
    const shown = isPrivate || isOursAlone(address) ? message.answers : message.answers.filter((answer) => !isForAsker(answer));
    const isPart = shown.length < message.answers.length;
    try {
      const spot = { channel, ...(threadTs !== undefined && { threadTs }) };
      const isFileForAsker = (isPrivate && !isOursAlone(address)) || isPart;
      const note = hasFile(message) ? await sendFiles(client, claims, isFileForAsker ? undefined : spot, message) : undefined;
      const around: Around = { ...asked, ...(note !== undefined && { note }) };
      const rendered = renderBlockKit(shown, around);
      const isMixed = isPart && message.sentVersion === undefined;
      const shared = isPrivate && !isOursAlone(address) ? undefined : await inChannel(client, claims, spot, message, rendered);
      // What all see is posted once; only then comes the whisper, which a repetition would whisper again.
      const isWhispered = !isMixed || (await whisper(client, address, renderBlockKit(forAsker)));
      if (shared !== undefined && isWhispered) return shared;

      const first = isPrivate ? rendered : renderBlockKit(shown, { ...around, note: invitation });
      const isFresh = now() - address.askedAt < responseUrlLivesMs && (isPrivate || message.sentVersion === undefined);
      if (responseUrl !== undefined && isFresh && (await respond(responseUrl, first, isPrivate))) return undefined;
      if (responseUrl === undefined && isPrivate && (await whisper(client, address, rendered))) return undefined;
      return await postOnce(
        client,
        claims,
        await openConversation(client, address.user),
        message,
        isWhispered ? rendered : renderBlockKit(message.answers),
      );
    } catch (error) {
      throw toServiceError(error);
    }
  };
}

const hasFile = ({ answers }: StoredMessage): boolean => answers.some(({ reply }) => reply.parts.some(({ kind }) => kind === "file"));

/**
 * @param spot where everybody who sees the message may have its files; without one they go to the asker
 * @returns what must be said about them
 */
async function sendFiles(client: WebClient, claims: Claims, spot: Spot | undefined, message: StoredMessage): Promise<string | undefined> {
  if (spot) return shareFiles(client, claims, spot, message);
  const { user } = message.address as SlackAddress;
  return (await shareFiles(client, claims, await openConversation(client, user), message)) ?? "The file is in your conversation with me.";
}
const isForAsker = ({ reply }: Answer): boolean => reply.audience === "asker";

/** In their conversation with us everything is theirs alone. */
const isOursAlone = ({ channel, responseUrl }: SlackAddress): boolean => channel.startsWith("D") && responseUrl === undefined;

const invitation = "I am not in this channel, so I cannot go on telling here how it ends. Invite me: /invite @nextrust";

/** @returns undefined where we may not post */
async function inChannel(
  client: WebClient,
  claims: Claims,
  spot: Spot,
  message: StoredMessage,
  rendered: SlackMessage,
): Promise<string | undefined> {
  const isElsewhere = message.externalId !== undefined && !message.externalId.startsWith(`${spot.channel}/`);
  if (isElsewhere) return undefined;
  try {
    return await postOnce(client, claims, spot, message, rendered);
  } catch (error) {
    if (closedToUs.includes(codeOf(error) ?? "")) return undefined;
    throw error;
  }
}

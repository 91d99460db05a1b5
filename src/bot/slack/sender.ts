import { createHash } from "node:crypto";
import type { WebClient } from "@slack/web-api";
import type { Claims } from "../../pipeline/claims.ts";
import type { Answer, SlackAddress, StoredMessage } from "../../pipeline/outbox.ts";
import { Postponed } from "../../pipeline/queue.ts";
import { type Around, renderBlockKit, type SlackMessage } from "../render/block-kit.ts";
import type { Sender } from "../send.ts";
import { sendInBestForm } from "./best-form.ts";
import type { ChartRefusals } from "./chart-refusals.ts";
import { codeOf, toServiceError } from "./client.ts";
import { openConversation } from "./open-conversation.ts";
import { createPostOnce, type PostOnce, type Spot } from "./post-once.ts";
import { respond } from "./respond.ts";
import { shareFiles } from "./share-files.ts";
import { whisper } from "./whisper.ts";

/** A response_url lives 30 minutes; the last one is left alone. */
const responseUrlLivesMs = 29 * 60_000;

/** Longer than it takes to tell somebody something. */
const asideLeaseMs = 30_000;

/** Where we may not post, or nobody may. */
const closedToUs = ["not_in_channel", "channel_not_found", "is_archived", "restricted_action"];

/**
 * Answers where the command was typed. What only the asker sees goes to the request's own address, or is whispered; it has no identity that
 * we could look for, so a crash or a lost connection may repeat it: at least once, never lost. What everyone sees is a message of ours,
 * posted once and edited. Where neither is possible, the person gets a private message. Of a message with both, each part goes its own way.
 *
 * @returns the message's channel and timestamp, where it has them
 * @throws ServiceError; Postponed
 */
export function createSlackSender(
  client: WebClient,
  claims: Claims,
  charts: ChartRefusals,
  prefix: string,
  now: () => number,
  spacingMs?: number,
): Sender {
  const postOnce = createPostOnce(client, claims, charts, spacingMs);
  const answerAt = (url: string, isPrivate: boolean, threadTs: string | undefined, message: SlackMessage) =>
    sendInBestForm(message, charts, (content) => respond(url, content, isPrivate, threadTs));
  const tell: Sender = async (message) => {
    const address = message.address as SlackAddress;
    const { channel, threadTs, responseUrl } = address;
    const isPrivate = message.answers.every(isForAsker);
    const asked: Around = isPrivate || message.asker === undefined ? { isPrivate } : { asker: message.asker, prefix: `/${prefix} ` };
    const isOursAlone = isConversationWithUs(address);
    try {
      const spot = { channel, ...(threadTs !== undefined && { threadTs }) };
      const note = hasFile(message) ? await sendFiles(client, claims, isPrivate && !isOursAlone ? undefined : spot, message) : undefined;
      const around: Around = { ...asked, ...(note !== undefined && { note }) };
      const rendered = renderBlockKit(message.answers, around);
      const shared = isPrivate && !isOursAlone ? undefined : await inChannel(postOnce, spot, message, rendered);
      if (shared !== undefined) return shared;

      const first = isPrivate ? rendered : renderBlockKit(message.answers, { ...around, note: invitation });
      const isFresh = now() - address.askedAt < responseUrlLivesMs && (isPrivate || message.sentVersion === undefined);
      if (responseUrl !== undefined && isFresh && (await answerAt(responseUrl, isPrivate, threadTs, first))) return undefined;
      if (responseUrl === undefined && isPrivate && (await whisper(client, charts, address, rendered))) return undefined;
      return await postOnce(await openConversation(client, address.user), message, rendered);
    } catch (error) {
      throw toServiceError(error);
    }
  };

  return async (message) => {
    const forAsker = message.answers.filter(isForAsker);
    const forAll = message.answers.filter((answer) => !isForAsker(answer));
    if (forAsker.length === 0 || forAll.length === 0 || isConversationWithUs(message.address as SlackAddress)) return tell(message);

    await tellAside(message, forAsker, claims, tell);
    return tell({ ...message, answers: forAll });
  };
}

const isForAsker = ({ reply }: Answer): boolean => reply.audience === "asker";

/** In it everything is theirs alone. */
const isConversationWithUs = ({ channel, responseUrl }: SlackAddress): boolean => channel.startsWith("D") && responseUrl === undefined;

/** Tells the asker what of a message is theirs alone, each wording once however often the rest of the message is edited. */
async function tellAside({ externalId: _, ...message }: StoredMessage, answers: readonly Answer[], claims: Claims, tell: Sender) {
  const key = `${message.key}:aside`;
  const words = createHash("sha256").update(JSON.stringify(answers)).digest("hex");
  const claim = await claims.claim(`told:${key}:${words}`, key, asideLeaseMs);
  if (claim.state === "held") throw new Postponed(claim.freeInMs);
  if (claim.state === "done") return;
  await tell({ ...message, key, answers });
  await claims.settle(`told:${key}:${words}`, key, { outcome: "done", result: "" });
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

const invitation = "I am not in this channel, so I cannot go on telling here how it ends. Invite me: /invite @nextrust";

/** @returns undefined where we may not post */
async function inChannel(postOnce: PostOnce, spot: Spot, message: StoredMessage, rendered: SlackMessage): Promise<string | undefined> {
  const isElsewhere = message.externalId !== undefined && !message.externalId.startsWith(`${spot.channel}/`);
  if (isElsewhere) return undefined;
  try {
    return await postOnce(spot, message, rendered);
  } catch (error) {
    if (closedToUs.includes(codeOf(error) ?? "")) return undefined;
    throw error;
  }
}

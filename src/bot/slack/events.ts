import { z } from "zod";
import type { Settings } from "../../config/settings.ts";
import type { NewJob } from "../../pipeline/queue.ts";
import { answerTask, type SlackDelivery, toPayload } from "../delivery.ts";
import { mirrorMessage } from "../mirror/slack-events.ts";
import { toGreetJob } from "./greet.ts";
import { toHomeJob } from "./home/publish.ts";
import { mentionsIn } from "./mentions.ts";

/** What is known of an event besides itself. */
export interface Known {
  readonly eventId: string;
  readonly team: string;
  /** Whom the event was delivered to: the bot's user. */
  readonly botUser: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  readonly settings: Settings;
}

/** Makes a job of an event; undefined when nothing in it is for us. Throws z.ZodError when Slack's shape changed. */
type ToJob = (event: unknown, known: Known) => NewJob | undefined;

/** The events that we take, and what makes jobs of each. */
export const events: Readonly<Record<string, readonly ToJob[]>> = {
  app_home_opened: [onHomeOpened],
  app_mention: [onAppMention],
  member_joined_channel: [onJoined],
  message: [onDirectMessage, mirrorMessage],
};

const word = z.string().min(1);

const Said = z.object({
  user: word.optional(),
  bot_id: word.optional(),
  subtype: word.optional(),
  edited: z.object({}).optional(),
  text: z.string().default(""),
  ts: word,
  thread_ts: word.optional(),
  channel: word,
  channel_type: word.optional(),
});
type Said = z.infer<typeof Said>;

/** What a person says in a thread and in its channel at once, or with a file, has a subtype too. */
const saidByPeople: readonly (string | undefined)[] = [undefined, "thread_broadcast", "file_share"];

/** Only what a person says for the first time is heard; an edit runs nothing. */
const isHeard = ({ user, bot_id, subtype, edited }: Said): boolean =>
  user !== undefined && bot_id === undefined && edited === undefined && saidByPeople.includes(subtype);

function onAppMention(event: unknown, known: Known): NewJob | undefined {
  const said = Said.parse(event);
  // Who thanks the bot in the middle of a sentence wants no answer.
  if (!isHeard(said) || mentionsIn(said.text, known.botUser).length === 0) return undefined;
  return toAnswer({ ...toDelivery(said, known), threadTs: said.thread_ts ?? said.ts, mention: known.botUser }, known);
}

/** In the conversation with the bot nobody needs to name it. */
function onDirectMessage(event: unknown, known: Known): NewJob | undefined {
  const said = Said.parse(event);
  if (said.channel_type !== "im" || !isHeard(said) || said.user === known.botUser || said.text.trim() === "") return undefined;
  const thread = said.thread_ts === undefined ? {} : { threadTs: said.thread_ts };
  const named = mentionsIn(said.text, known.botUser).length > 0 ? { mention: known.botUser } : {};
  return toAnswer({ ...toDelivery(said, known), ...thread, ...named }, known);
}

const HomeOpened = z.object({ user: word, channel: word, tab: z.string() });

function onHomeOpened(event: unknown, { eventId, team }: Known): NewJob | undefined {
  const { user, channel, tab } = HomeOpened.parse(event);
  return tab === "home" ? toHomeJob({ user, channel, team }, eventId) : undefined;
}

const Joined = z.object({ user: word, channel: word, inviter: word.optional() });

/** Only our own coming is ours to speak of. */
function onJoined(event: unknown, { eventId, botUser }: Known): NewJob | undefined {
  const { user, channel, inviter } = Joined.parse(event);
  return user === botUser ? toGreetJob({ channel, ...(inviter !== undefined && { inviter }) }, eventId) : undefined;
}

const toAnswer = (delivery: SlackDelivery, { eventId }: Known): NewJob => ({
  id: `slack:${eventId}`,
  task: answerTask,
  payload: toPayload(delivery),
});

function toDelivery({ user = "", channel, ts, text }: Said, { team, receivedAt }: Known): SlackDelivery {
  return { surface: "slack", source: `slack:${channel}:${ts}`, receivedAt, team, user, channel, text };
}

import { z } from "zod";
import { type MirrorChange, type SlackChange, toMirrorJob } from "../../pipeline/mirror/changes.ts";
import type { NewJob } from "../../pipeline/queue.ts";
import type { Known } from "../slack/events.ts";
import { slackBlocks } from "./slack-text.ts";
import { nameOfWords } from "./words.ts";

const word = z.string().min(1);

const Said = z.object({
  subtype: word.optional(),
  user: word.optional(),
  bot_id: word.optional(),
  text: z.string().default(""),
  ts: word,
  thread_ts: word.optional(),
  edited: z.object({ ts: word }).optional(),
  files: z.array(z.unknown()).optional(),
  blocks: z.array(z.looseObject({ block_id: z.string().optional() })).optional(),
});
type Said = z.infer<typeof Said>;

const Message = Said.extend({ channel: word, message: Said.optional(), previous_message: Said.optional() });

/** How people say things; other kinds of message are Slack's own, or bots'. */
const saying = [undefined, "thread_broadcast", "file_share", "me_message"];

/** What is said, changed or deleted in the threads of a channel that is mirrored. */
export function mirrorMessage(event: unknown, known: Known): NewJob | undefined {
  const { channel: here } = z.object({ channel: word }).parse(event);
  if (!known.settings.mirror.some(({ channel }) => channel === here)) return undefined;
  const change = toChange(Message.parse(event), known.botUser);
  return change && toMirrorJob(`slack:${known.eventId}`, change);
}

function toChange(
  { channel, message, previous_message: previous, ...said }: z.infer<typeof Message>,
  botUser: string,
): MirrorChange | undefined {
  switch (said.subtype) {
    case "message_changed":
      // Slack leaves a tombstone where a message with replies was deleted.
      if (message?.subtype === "tombstone") return previous && isOurs(previous, botUser) ? oursGone(previous) : undefined;
      // Without an edit only a link was unfurled.
      return message?.edited && toSaid(channel, message, botUser);
    case "message_deleted":
      if (!previous) return undefined;
      return isOurs(previous, botUser) ? oursGone(previous) : toSlackChange(channel, previous);
    default:
      return toSaid(channel, said, botUser);
  }
}

function toSaid(channel: string, said: Said, botUser: string): SlackChange | undefined {
  const change = saying.includes(said.subtype) && !isOurs(said, botUser) ? toSlackChange(channel, said) : undefined;
  if (!change) return undefined;
  const { ts, text, edited, files = [] } = said;
  const withFiles =
    files.length === 0
      ? []
      : [{ kind: "text", cells: [`(${files.length === 1 ? "a file" : `${files.length} files`}, in Slack)`] } as const];
  const version = { at: microseconds(edited?.ts ?? ts), rank: edited ? 1 : 0, words: nameOfWords(text) };
  return { ...change, said: { version, blocks: [...slackBlocks(text), ...withFiles] } };
}

/** Only a person's reply in a thread. */
function toSlackChange(channel: string, { user, bot_id, ts, thread_ts: threadTs }: Said): SlackChange | undefined {
  if (user === undefined || bot_id !== undefined || threadTs === undefined || threadTs === ts) return undefined;
  return { kind: "slack", channel, threadTs, ts, user };
}

/** What we say carries the name of the outbox's message in its first block. */
function oursGone({ blocks }: Said): MirrorChange | undefined {
  const key = blocks?.[0]?.block_id ?? "";
  if (key.startsWith("mirror:root:")) return { kind: "root_gone", root: key };
  return key.startsWith("mirror:") ? { kind: "copy_gone", message: key } : undefined;
}

const isOurs = ({ user }: Said, botUser: string): boolean => user === botUser;

const microseconds = (ts: string): number => Number(ts.replace(".", ""));

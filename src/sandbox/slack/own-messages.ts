import { changeOf } from "./bot-events.ts";
import type { Delivery, Sender } from "./deliveries.ts";
import { channelTypeOf, toEnvelope } from "./say.ts";
import type { SeenMessage } from "./seen-message.ts";
import { placeOf, type Slash } from "./slash.ts";
import { app, team } from "./workspace.ts";

export interface Own extends Pick<Slash, "as" | "channel"> {
  readonly ts: string;
}

/** A person changes a message of theirs. */
export async function editMessage(sender: Sender, { text, ...own }: Own & { readonly text: string }): Promise<Delivery> {
  const before = find(sender, own);
  const answer = await sender.workspace.call("chat.update", { channel: before.channel, ts: before.ts, text }, own.as);
  if (!answer.ok) throw new Error(`Slack refused the edit: ${answer.error}`);
  return tell(sender, before, sender.stage.transcript.edit(before.id, { text, blocks: [] }));
}

/** A person deletes a message: their own, or as an administrator the bot's. */
export async function deleteMessage(sender: Sender, own: Own): Promise<Delivery> {
  const before = find(sender, own);
  const isBots = before.authorId === app.botUserId;
  const answer = await sender.workspace.call("chat.delete", { channel: before.channel, ts: before.ts }, isBots ? undefined : own.as);
  if (!answer.ok) throw new Error(`Slack refused to delete it: ${answer.error}`);
  sender.stage.transcript.remove(before.id);
  return tell(sender, before, undefined);
}

function find({ workspace, stage }: Sender, { as, channel, ts }: Own): SeenMessage {
  const message = stage.transcript.find(`${placeOf({ workspace }, channel, as).id}-${ts}`);
  if (!message) throw new Error(`There is no message ${ts}.`);
  return message;
}

/** Slack's timestamps of edits are of the moment, to the microsecond. */
let edits = 0;
const momentTs = (): string => `${Math.floor(Date.now() / 1000)}.${String((edits++ % 900_000) + 100_000)}`;

function tell(sender: Sender, before: SeenMessage, after: SeenMessage | undefined): Promise<Delivery> {
  const editedTs = momentTs();
  const says = ({ ts, text, blocks, threadTs, authorId, edited }: SeenMessage) => ({
    type: "message",
    user: authorId,
    ...(authorId === app.botUserId ? { bot_id: app.botId, app_id: app.id, blocks } : {}),
    team: team.id,
    text,
    ts,
    ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    ...(edited ? { edited: { user: authorId, ts: editedTs } } : {}),
  });
  return sender.deliver(toEnvelope({ ...changeOf(before, after, says), channel_type: channelTypeOf(sender.workspace, before.channel) }));
}

import type { Sender } from "./deliveries.ts";
import { channelTypeOf, toEnvelope } from "./say.ts";
import type { SeenMessage } from "./seen-message.ts";
import type { BotSaid } from "./web-api.ts";
import { app, team } from "./workspace.ts";

/** Slack tells an app that hears a channel of its own messages there too; nobody waits for it. */
export function announceBot() {
  const sending = new Set<Promise<unknown>>();
  return {
    tell(sender: Sender, { before, after }: BotSaid): void {
      const event = toEvent(before, after);
      if (!event || !sender.isConnected()) return;
      const sent: Promise<unknown> = sender
        .deliver(toEnvelope({ ...event, channel_type: channelTypeOf(sender.workspace, event.channel) }))
        .finally(() => sending.delete(sent));
      sending.add(sent);
    },
    settled: () => Promise.all(sending),
  };
}

function toEvent(before: SeenMessage | undefined, after: SeenMessage | undefined) {
  if (after && !before) return { ...asSaid(after), event_ts: after.ts, channel: after.channel };
  return before && changeOf(before, after);
}

/** What became of a message, in Slack's words: changed, or deleted. */
export function changeOf(before: SeenMessage, after: SeenMessage | undefined, says: (message: SeenMessage) => object = asSaid) {
  const event_ts = `${Math.floor(Date.now() / 1000)}.${String(after?.order ?? before.order).padStart(6, "0")}`;
  const common = { type: "message", hidden: true, channel: before.channel, ts: event_ts, event_ts, previous_message: says(before) };
  return after
    ? { ...common, subtype: "message_changed", message: says(after) }
    : { ...common, subtype: "message_deleted", deleted_ts: before.ts };
}

function asSaid({ ts, text, blocks, threadTs, edited }: SeenMessage) {
  return {
    type: "message",
    user: app.botUserId,
    bot_id: app.botId,
    app_id: app.id,
    team: team.id,
    text,
    blocks,
    ts,
    ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    ...(edited ? { edited: { user: app.botUserId, ts } } : {}),
  };
}

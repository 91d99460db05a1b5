import { randomBytes } from "node:crypto";
import type { Delivery, RawDelivery, Sender } from "./deliveries.ts";
import type { SeenMessage } from "./seen-message.ts";
import { placeOf, type Slash } from "./slash.ts";
import { app, team, type Workspace } from "./workspace.ts";

export interface Say extends Pick<Slash, "as" | "channel" | "text"> {
  readonly threadTs?: string;
}

/** A person writes a message; the app hears of it as `message`, and as `app_mention` where it is named. */
export async function say(
  sender: Sender,
  { as, channel, text, threadTs }: Say,
): Promise<{ message: SeenMessage; deliveries: readonly Delivery[] }> {
  const person = sender.workspace.people[as];
  const place = placeOf(sender, channel, as);
  const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
  const posted = await sender.workspace.call("chat.postMessage", { channel: place.id, text, ...thread }, as);
  const ts = String(posted.ts);
  const message = sender.stage.transcript.show({
    authorId: person.id,
    author: person.name,
    text,
    blocks: [],
    channel: place.id,
    ts,
    ...(threadTs === undefined ? {} : { threadTs }),
  });

  const event = { user: person.id, text, ts, event_ts: ts, channel: place.id, team: person.teamId, ...thread };
  const deliveries = [
    await sender.deliver(toEnvelope({ ...event, type: "message", channel_type: channelTypeOf(sender.workspace, place.id) })),
  ];
  if (text.includes(`<@${app.botUserId}>`)) deliveries.push(await sender.deliver(toEnvelope({ ...event, type: "app_mention" })));
  return { message, deliveries };
}

/** What Slack calls the kind of a conversation in events. */
export function channelTypeOf({ privateOnes }: Workspace, channel: string): "im" | "group" | "channel" {
  if (channel.startsWith("D")) return "im";
  return privateOnes.has(channel) ? "group" : "channel";
}

/** Wraps an event as Slack's Events API sends it. */
export function toEnvelope(event: Readonly<Record<string, unknown>>): RawDelivery {
  const body = JSON.stringify({
    token: "sandbox-verification-token",
    team_id: team.id,
    api_app_id: app.id,
    event,
    type: "event_callback",
    event_id: `Ev${randomBytes(5).toString("hex").toUpperCase()}`,
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [{ enterprise_id: null, team_id: team.id, user_id: app.botUserId, is_bot: true, is_enterprise_install: false }],
    is_ext_shared_channel: false,
  });
  return { body, contentType: "application/json" };
}

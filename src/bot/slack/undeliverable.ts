import type { Logger } from "pino";
import type { SlackPostAddress, StoredMessage } from "../../pipeline/outbox.ts";
import type { Records } from "../../pipeline/records.ts";
import { text } from "../../reply.ts";

/** Why Slack takes nothing for a channel, for as long as nobody does something about it. */
const fixes: Readonly<Record<string, string>> = {
  channel_not_found: "it was deleted, or it is private and the bot was removed: invite the bot there",
  is_archived: "it was archived: unarchive it",
  missing_scope: "the Slack app lost a scope: install it again from the manifest",
  no_permission: "the Slack app may not post there: ask a workspace admin",
  not_in_channel: "the bot was removed: invite it there",
  restricted_action: "posting there is restricted: let the bot post, in the channel's settings",
  restricted_action_read_only_channel: "it is read-only: let the bot post, in the channel's settings",
};

const dayMs = 24 * 3_600_000;

export interface Fallback {
  readonly records: Records;
  /** Gets what another channel cannot be sent. */
  readonly fallbackChannel: string | undefined;
  readonly log: Logger;
  readonly now: () => number;
}

/** `said`: elsewhere. `waits`: it stays, and is to be tried again. `lost`: it stays a dead letter. */
export type Undelivered = "said" | "waits" | "lost";

/**
 * Says elsewhere what a channel cannot be sent, and what to do about it; of what is for that channel alone, only the latter, once a day. What is
 * taken back needs saying nowhere.
 *
 * @param code Slack's refusal
 */
export async function sayElsewhere(
  message: StoredMessage,
  code: string | undefined,
  { records, fallbackChannel, log, now }: Fallback,
): Promise<Undelivered> {
  const { to, stays } = message.address as SlackPostAddress;
  const fix = code === undefined ? undefined : fixes[code];
  if (fix === undefined || !("channel" in to)) return "lost";
  // It holds up what comes after it no longer than it must.
  if (stays && message.answers.length === 0) return "lost";
  const isElsewhere = fallbackChannel !== undefined && to.channel !== fallbackChannel;
  log.error(
    { channel: to.channel, code, key: message.key, fallbackChannel: isElsewhere ? fallbackChannel : undefined },
    "a channel takes no messages",
  );
  if (!isElsewhere) return stays ? "waits" : "lost";

  const what = stays ? "the messages meant for it, which wait" : "this";
  const sentence = `The channel ${to.channel} could not be sent ${what}: ${fix}, or change the channel in config/nextrust.yml.`;
  const explained = { outcome: "failed", reason: `undeliverable_${code}`, audience: "channel", parts: [text(sentence, "bad")] } as const;
  const answers = stays ? [{ reply: explained }] : message.answers.length === 0 ? [] : [...message.answers, { reply: explained }];
  const key = stays ? `fallback:${to.channel}:${code}:${Math.floor(now() / dayMs)}` : `fallback:${message.key}`;
  const address = { surface: "slack_post", to: { channel: fallbackChannel } } as const;
  await records.transaction(({ outbox }) => outbox.put({ key, lane: `fallback:${fallbackChannel}`, address, answers }));
  return stays ? "waits" : "said";
}

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

export interface Fallback {
  readonly records: Records;
  /** Gets what another channel cannot be sent. */
  readonly fallbackChannel: string | undefined;
  readonly log: Logger;
}

/**
 * Says elsewhere what a channel cannot be sent, and what to do about it. What is taken back needs saying nowhere.
 *
 * @param code Slack's refusal
 * @returns false where there is nowhere else, so that the message stays a dead letter
 */
export async function sayElsewhere(
  message: StoredMessage,
  code: string | undefined,
  { records, fallbackChannel, log }: Fallback,
): Promise<boolean> {
  const { to } = message.address as SlackPostAddress;
  const fix = code === undefined ? undefined : fixes[code];
  if (fix === undefined || !("channel" in to)) return false;
  const isElsewhere = fallbackChannel !== undefined && to.channel !== fallbackChannel;
  log.error(
    { channel: to.channel, code, key: message.key, fallbackChannel: isElsewhere ? fallbackChannel : undefined },
    "a channel takes no messages",
  );
  if (!isElsewhere) return false;

  const sentence = `The channel ${to.channel} could not be sent this: ${fix}, or change the channel in config/nextrust.yml.`;
  const explained = { outcome: "failed", reason: `undeliverable_${code}`, audience: "channel", parts: [text(sentence, "bad")] } as const;
  const answers = message.answers.length === 0 ? [] : [...message.answers, { reply: explained }];
  const address = { surface: "slack_post", to: { channel: fallbackChannel } } as const;
  await records.transaction(({ outbox }) =>
    outbox.put({ key: `fallback:${message.key}`, lane: `fallback:${fallbackChannel}`, address, answers }),
  );
  return true;
}

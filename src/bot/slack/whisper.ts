import type { WebClient } from "@slack/web-api";
import type { SlackAddress } from "../../pipeline/outbox.ts";
import type { SlackMessage } from "../render/block-kit.ts";
import { attempt, sendInBestForm } from "./best-form.ts";
import type { ChartRefusals } from "./chart-refusals.ts";
import { codeOf } from "./client.ts";

/** Where nobody, or not this person, can be shown a message. */
const cannotWhisper = ["not_in_channel", "channel_not_found", "is_archived", "user_not_in_channel", "restricted_action"];

/**
 * Shows a message to one person, in the channel or thread where they asked.
 *
 * @returns false where that is not possible
 * @throws what Slack's client throws
 */
export async function whisper(
  client: WebClient,
  charts: ChartRefusals,
  { user, channel, threadTs }: SlackAddress,
  message: SlackMessage,
): Promise<boolean> {
  const place = { user, channel, ...(threadTs !== undefined && { thread_ts: threadTs }) };
  try {
    await sendInBestForm(message, charts, (content) => attempt(() => client.chat.postEphemeral({ ...place, ...content })));
    return true;
  } catch (error) {
    if (cannotWhisper.includes(codeOf(error) ?? "")) return false;
    throw error;
  }
}

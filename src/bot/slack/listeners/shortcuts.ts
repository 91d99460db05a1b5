import type { App } from "@slack/bolt";
import { z } from "zod";
import type { Settings } from "../../../config/settings.ts";
import type { SlackDelivery } from "../../delivery.ts";
import { type Edge, storageIsDown, toAnswerJob } from "../edge.ts";
import { notOpened, openFailedJobs } from "../failed-jobs/open.ts";
import { pullRequestsIn } from "../pull-requests-in.ts";
import { tell } from "../tell.ts";
import { threadOf } from "../thread-of.ts";

/** The shortcuts of manifest.yml, by their callback id. */
export const shortcuts = { retry: "retry_what_failed", status: "ci_status_of_this", failedJobs: "ci_failed_jobs" } as const;

const word = z.string().min(1);
const By = {
  trigger_id: word,
  team: z.object({ id: word }),
  user: z.object({ id: word, username: word.optional(), name: word.optional() }),
};
const GlobalBody = z.object(By);
const MessageBody = z.object({
  ...By,
  channel: z.object({ id: word }),
  response_url: z.url(),
  message: z.looseObject({ ts: word, thread_ts: word.optional() }),
});
type MessageBody = z.infer<typeof MessageBody>;

const noPullRequest = "I find no pull request in this message: neither its address nor its name, as in owner/repo#12.";

/** What a person chooses from a message's menu, or from Slack's search. */
export function hearShortcuts(app: App, edge: Edge): void {
  app.shortcut({ callback_id: shortcuts.failedJobs, type: "shortcut" }, async ({ body, ack }) => {
    const by = GlobalBody.parse(body);
    await ack();
    const isOpen = await openFailedJobs(by, { places: [] }, edge);
    if (!isOpen) await tell(edge.slack, { user: by.user.id }, notOpened);
  });

  app.shortcut({ callback_id: shortcuts.retry, type: "message_action" }, async ({ body, ack }) => {
    const { channel, message, response_url, ...by } = MessageBody.parse(body);
    const places = [...placesIn(message, channel.id, edge.settings)];
    const threadTs = threadOf(message.ts, message.thread_ts);
    const clicker = { user: by.user.id, responseUrl: response_url, threadTs };
    await ack();
    if (places.length === 0) return await tell(edge.slack, clicker, noPullRequest);
    const isOpen = await openFailedJobs(by, { channel: channel.id, threadTs, places }, edge);
    if (!isOpen) await tell(edge.slack, clicker, notOpened);
  });

  app.shortcut({ callback_id: shortcuts.status, type: "message_action" }, async ({ body, ack }) => {
    const said = MessageBody.parse(body);
    const places = placesIn(said.message, said.channel.id, edge.settings);
    const delivery = toDelivery(said, places, edge.now());
    const isStored = places.length > 0 && (await edge.store(toAnswerJob(delivery)));
    await ack();
    if (!isStored) await tell(edge.slack, delivery, places.length > 0 ? storageIsDown : noPullRequest);
  });
}

function placesIn(message: unknown, channel: string, { channels }: Settings): readonly string[] {
  const [home, ...others] = channels.find(({ id }) => id === channel)?.repositories ?? [];
  return pullRequestsIn(message, others.length > 0 ? undefined : home);
}

function toDelivery(
  { trigger_id, team, user, channel, response_url, message }: MessageBody,
  places: readonly string[],
  receivedAt: number,
): SlackDelivery {
  const userName = user.username ?? user.name;
  const threadTs = threadOf(message.ts, message.thread_ts);
  const chosen = places.map((place) => `status ${place}`);
  return {
    surface: "slack",
    source: `slack:${trigger_id}`,
    receivedAt,
    team: team.id,
    user: user.id,
    ...(userName !== undefined && { userName }),
    channel: channel.id,
    ...(threadTs !== undefined && { threadTs }),
    responseUrl: response_url,
    text: chosen.join("\n"),
    isClick: true,
    isPrivate: true,
    chosen,
  };
}

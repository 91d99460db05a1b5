import type { Command } from "../../commands/command.ts";
import type { Settings } from "../../config/settings.ts";
import type { Json } from "../../pipeline/json.ts";
import type { OutgoingMessage } from "../../pipeline/outbox.ts";
import type { Job, NewJob } from "../../pipeline/queue.ts";
import { done, type Part, type Reply, text } from "../../reply.ts";
import type { Services } from "../../services.ts";

/** The task of the job that introduces the bot to a channel. */
export const greetTask = "greet-channel";

interface Invitation {
  readonly channel: string;
  /** Who invited us, where Slack says so. */
  readonly inviter?: string;
}

export const toGreetJob = (invitation: Invitation, eventId: string): NewJob => ({
  id: `greet:${eventId}`,
  task: greetTask,
  payload: { ...invitation } as unknown as Json,
});

interface GreetOptions {
  readonly settings: Settings;
  readonly services: Pick<Services, "records" | "workspace">;
  readonly commands: readonly Command[];
}

/**
 * Introduces the bot to a channel that it was invited to, once for ever: whoever takes it out and in again has read it. Where another
 * workspace reads along, only the person who invited it is told that it keeps quiet.
 */
export function createGreet({ settings, services, commands }: GreetOptions): (job: Job) => Promise<void> {
  return async ({ payload }) => {
    const { channel, inviter } = payload as unknown as Invitation;
    const isAllowed = settings.allow.slackChannels.includes(channel);
    const { kind } = isAllowed ? { kind: "internal" as const } : await services.workspace.channel(channel);
    const isShared = kind === "shared";
    if (isShared && inviter === undefined) return;

    const key = `hello:${channel}`;
    const to = isShared && inviter !== undefined ? { user: inviter } : { channel };
    const reply = isShared ? sharedChannel(channel) : introduction(channel, settings, commands);
    const message: OutgoingMessage = { key, lane: key, address: { surface: "slack_post", to }, answers: [{ reply }] };
    await services.records.transaction(async ({ outbox }) => {
      if (!(await outbox.find(key))) await outbox.put(message);
    });
  };
}

function introduction(channel: string, { channels, prefix }: Settings, commands: readonly Command[]): Reply {
  const bound = channels.find(({ id }) => id === channel)?.repositories ?? [];
  const mute = commands.some(({ name }) => name === "mute") ? `/${prefix} mute, or ` : "";
  const what: Part[] =
    bound.length > 0
      ? [text(`I am NeXTRust CI. Here I speak of ${bound.join(", ")}: everyone in this channel may read how its pipelines stand.`)]
      : [
          text("I am NeXTRust CI, and this channel is bound to no repository yet. To bind one, put this into config/nextrust.yml:"),
          { kind: "excerpt", text: `channels:\n  - id: ${channel}\n    repositories: [owner/repo]` },
        ];
  return {
    ...done(
      "greeted",
      ...what,
      text(`What I post here: who made me do what, and how it ended. Questions by /${prefix} are answered to the asker alone.`),
      text(`To silence me: ${mute}/remove @nextrust. Who may change what I speak of: whoever maintains config/nextrust.yml.`),
    ),
    audience: "channel",
    actions: [
      { label: "What can I do here?", command: "menu" },
      { label: "Help", command: "help" },
    ],
  };
}

const sharedChannel = (channel: string): Reply =>
  done(
    "keeps_quiet",
    text("You invited me to a channel that is shared with another workspace, so I keep quiet there."),
    text(`An admin can allow it in config/nextrust.yml, under allow.slackChannels: ${channel}`),
  );

import type { Content, SeenMessage } from "./seen-message.ts";
import type { Transcript } from "./transcript.ts";
import { app, type Workspace } from "./workspace.ts";

/** The ways in which a message comes to people's screens other than by the Web API: acks, response URLs, Slack's own notices. */
export interface Stage {
  readonly transcript: Transcript;
  /** Shows the app's words to one person. */
  whisper(to: string, channel: string, content: Threaded): SeenMessage;
  /** Posts the app's words for all, so that the Web API knows them too. */
  post(channel: string, content: Threaded): Promise<SeenMessage>;
  replace(message: SeenMessage, content: Content): Promise<void>;
  remove(message: SeenMessage): Promise<void>;
  /** Slack itself tells one person that something went wrong. */
  notice(to: string, channel: string, text: string): SeenMessage;
}

type Threaded = Content & { readonly thread_ts?: string | undefined };

const threadOf = ({ thread_ts }: Threaded): { threadTs?: string } => (thread_ts === undefined ? {} : { threadTs: thread_ts });

export function createStage(workspace: Workspace, transcript: Transcript): Stage {
  const bot = { authorId: app.botUserId, author: app.name };
  return {
    transcript,
    whisper: (to, channel, content) => transcript.show({ ...bot, ...content, ...threadOf(content), channel, visibleTo: to }),

    async post(channel, content) {
      const answer = await workspace.call("chat.postMessage", { ...content, channel, bot_id: app.botId, app_id: app.id });
      return transcript.show({ ...bot, ...content, ...threadOf(content), channel, ts: String(answer.ts) });
    },

    async replace(message, content) {
      if (message.visibleTo === undefined) await workspace.call("chat.update", { ...content, channel: message.channel, ts: message.ts });
      transcript.edit(message.id, content);
    },

    async remove(message) {
      if (message.visibleTo === undefined) await workspace.call("chat.delete", { channel: message.channel, ts: message.ts });
      transcript.remove(message.id);
    },

    notice: (to, channel, text) => transcript.show({ authorId: "USLACKBOT", author: "Slackbot", text, blocks: [], channel, visibleTo: to }),
  };
}

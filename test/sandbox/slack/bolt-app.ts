import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { App, type BlockAction, type ButtonAction, HTTPReceiver, LogLevel } from "@slack/bolt";
import type { SlackSandbox } from "../../../src/sandbox/slack/slack-sandbox.ts";

/** A small bot on the real Bolt: it acks, answers later, posts a button and edits the message that is clicked. */
export async function startBoltApp(slack: SlackSandbox): Promise<{ readonly mentions: readonly string[]; close(): Promise<void> }> {
  const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, logLevel: LogLevel.ERROR });
  const app = new App({
    token: slack.botToken,
    receiver,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: slack.url, retryConfig: { retries: 0 } },
  });
  const mentions: string[] = [];

  app.command("/ci", async ({ ack, command, respond, client }) => {
    if (command.text === "hang") return;
    if (command.text === "loud") return await ack({ response_type: "in_channel", text: "For all to see" });
    await ack(`You said ${command.text}`);
    if (command.text === "later") await respond({ text: "And later" });
    if (command.text === "button") {
      const button = {
        type: "button" as const,
        text: { type: "plain_text" as const, text: "Retry" },
        action_id: "run",
        value: "retry-job --failed",
      };
      await client.chat.postMessage({ channel: command.channel_id, text: "Failed", blocks: [{ type: "actions", elements: [button] }] });
    }
  });
  app.action<BlockAction<ButtonAction>>("run", async ({ ack, action, body, respond }) => {
    await ack();
    await respond({ replace_original: true, text: `${body.user.id} ran ${action.value}` });
  });
  app.event("app_mention", async ({ event }) => {
    mentions.push(event.text);
  });

  const server = createServer(receiver.requestListener).listen(0, "127.0.0.1");
  await once(server, "listening");
  slack.connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  return {
    mentions,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

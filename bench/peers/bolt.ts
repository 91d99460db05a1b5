// The peer: Bolt as its documentation shows it, which acknowledges and does nothing else.
import type { AddressInfo } from "node:net";
import { App, HTTPReceiver, LogLevel } from "@slack/bolt";
import { tellParent } from "../children.ts";
import { slackSecret } from "../secrets.ts";

const receiver = new HTTPReceiver({ signingSecret: slackSecret, logLevel: LogLevel.ERROR });
const app = new App({
  receiver,
  logLevel: LogLevel.ERROR,
  authorize: async () => ({ botToken: "xoxb-bench", botId: "B0BENCH", botUserId: "U0BENCH" }),
});
app.command(/.*/, async ({ ack }) => {
  await ack({ response_type: "ephemeral", text: "On it: /ci status …" });
});

const server = await app.start({ host: "127.0.0.1", port: 0 });
tellParent({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });

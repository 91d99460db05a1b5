// Slack and GitHub as far as the bot calls them under load: the smallest answers that it takes, after a delay.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { tellParent } from "../children.ts";
import { answerTo } from "./answers.ts";
import type { Latency } from "./start-stand-in.ts";

let latencyMs: Latency = 0;
process.on("message", (message: { latencyMs: Latency }) => {
  latencyMs = message.latencyMs;
});

const server = createServer(async (request, response) => {
  const body = await text(request);
  if (latencyMs === "never") return;
  if (latencyMs > 0) await sleep(latencyMs);
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answerTo(request.url ?? "/", body)));
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
tellParent({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });

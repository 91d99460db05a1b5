// The peer: Probot with a handler that does nothing and stores nothing.
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createNodeMiddleware, Probot } from "probot";
import { tellParent } from "../children.ts";
import { githubSecret } from "../secrets.ts";

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const probot = new Probot({ appId: 1, privateKey, secret: githubSecret, logLevel: "fatal" });
const middleware = await createNodeMiddleware((app) => app.on("issue_comment", () => {}), { probot, webhooksPath: "/github/webhooks" });

const server = createServer((request, response) => void middleware(request, response));
server.listen(0, "127.0.0.1");
await once(server, "listening");
tellParent({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });

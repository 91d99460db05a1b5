import { createHmac, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBot } from "../../src/bot/bot.ts";
import { readConfig } from "../../src/config/config.ts";
import type { RawDelivery } from "../../src/sandbox/slack/deliveries.ts";
import { eventually } from "../eventually.ts";
import { startWorld, type World } from "./world.ts";

const megabyte = 1024 * 1024;

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const nowS = () => Math.floor(Date.now() / 1000);
const answersLogged = () => world.log().split("command answered").length - 1;

interface Answered {
  readonly status: number;
  readonly body: string;
  /** How much of the body could be written before the answer came. */
  readonly sentBytes: number;
}

/** Streams a body, by its declared length or in chunks, until it is answered. */
function upload(path: string, headers: Record<string, string>, totalBytes: number, declared: boolean): Promise<Answered> {
  const piece = Buffer.alloc(64 * 1024, "x");
  return new Promise((resolve, reject) => {
    const length = declared ? { "content-length": String(totalBytes) } : {};
    const outgoing = request(`${world.bot.url}${path}`, { method: "POST", agent: false, headers: { ...headers, ...length } });
    let sentBytes = 0;
    let answer: Answered | undefined;
    outgoing.on("response", (response) => {
      let body = "";
      response.on("data", (chunk) => {
        body += chunk;
        answer = { status: response.statusCode ?? 0, body, sentBytes };
      });
      response.once("close", () => {
        outgoing.destroy();
        if (answer) resolve(answer);
      });
    });
    outgoing.on("error", (error) => (answer ? resolve(answer) : reject(error)));
    const next = () => {
      while (!answer && sentBytes < totalBytes) {
        const bytes = Math.min(piece.length, totalBytes - sentBytes);
        sentBytes += bytes;
        if (!outgoing.write(piece.subarray(0, bytes))) return void outgoing.once("drain", next);
      }
      if (!answer) outgoing.end();
    };
    next();
  });
}

/** Says that much is coming, sends a little of it, and hangs up. */
async function hangUp(path: string, headers: Record<string, string>): Promise<void> {
  const { hostname, port } = new URL(world.bot.url);
  const socket = connect(Number(port), hostname);
  const lines = Object.entries({ host: "bot", "content-length": "1000", ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  await new Promise((resolve) => socket.write(`POST ${path} HTTP/1.1\r\n${lines.join("")}\r\n{"action":`, resolve));
  socket.resetAndDestroy();
}

const commentHeaders = (body: string, secret = world.github.app.webhookSecret): Record<string, string> => ({
  "content-type": "application/json",
  "x-github-event": "issue_comment",
  "x-github-delivery": randomUUID(),
  "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
});

/** A signed delivery with some headers changed, or taken away where empty. */
async function postToGitHubEndpoint(body: string, changed: Record<string, string> = {}): Promise<{ status: number; text: string }> {
  const headers = Object.entries({ ...commentHeaders(body), ...changed }).filter(([, value]) => value !== "");
  const response = await fetch(`${world.bot.url}/github/webhooks`, { method: "POST", headers: Object.fromEntries(headers), body });
  return { status: response.status, text: await response.text() };
}

describe("the Slack endpoint", () => {
  const body = "command=%2Fci&text=whoami";

  it.each<[string, () => RawDelivery]>([
    ["forged", () => ({ body, signature: `v0=${"0".repeat(64)}` })],
    ["unsigned", () => ({ body, signature: "" })],
    ["signed with another secret", () => ({ body, secret: "another-secret" })],
    ["signed in a version that does not exist", () => ({ body, signature: `v1=${"0".repeat(64)}` })],
    ["without a time", () => ({ body, timestamp: "" })],
    ["with a time that is no number", () => ({ body, timestamp: "yesterday" })],
    ["older than five minutes", () => ({ body, timestamp: nowS() - 302 })],
    ["more than five minutes ahead", () => ({ body, timestamp: nowS() + 302 })],
  ])("refuses what is %s, and does nothing", async (_, raw) => {
    const before = answersLogged();

    const { status } = await world.slack.post(raw());

    expect(status).toBe(401);
    expect(answersLogged()).toBe(before);
  });

  it("refuses another body under a signature that was good", async () => {
    const { sent } = await world.slack.slash({ as: "ada", channel: "random", text: "whoami" });

    const { status } = await world.slack.post({ ...sent, body: sent.body.replace("whoami", "status") });

    expect(status).toBe(401);
  });

  it("refuses a replay, so that the command ran once", async () => {
    const { sent } = await world.slack.slash({ as: "ravi", channel: "random", text: "whoami" });
    await eventually(() => world.slack.transcript("random", "ravi").length >= 2);
    const before = answersLogged();

    const replays = [await world.slack.post(sent), await world.slack.post(sent)];

    expect(replays.map(({ status }) => status)).toEqual([401, 401]);
    await world.ask("ada", "help");
    expect(answersLogged()).toBe(before + 1);
  });

  it("runs a command once that arrives twice at the same moment", async () => {
    const { sent } = await world.slack.post({ body: "ssl_check=1" });
    const trigger = `trigger_id=1.2.${randomUUID()}`;
    const raw = {
      body: `command=%2Fci&text=whoami&user_id=${world.slack.people.uma.id}&user_name=uma&team_id=${world.slack.teamId}&channel_id=${world.slack.channels.random.id}&response_url=${world.slack.url}&${trigger}`,
      timestamp: sent.timestamp,
    };
    const before = answersLogged();

    await Promise.all([world.slack.post(raw), world.slack.post(raw)]);

    await eventually(() => answersLogged() > before);
    await world.ask("ada", "help");
    expect(answersLogged()).toBe(before + 2);
  });

  it.each([
    ["declared", true],
    ["sent in chunks", false],
  ])("refuses a body of 5 MB, %s", async (_, declared) => {
    const answer = await upload("/slack/events", { "content-type": "application/x-www-form-urlencoded" }, 5 * megabyte, declared);

    expect(answer.status).toBe(413);
  });

  it.each([
    ["an empty body that says JSON", "", "application/json"],
    ["null", "null", "application/json"],
    ["half an object", '{"type":', "application/json"],
    ["a payload that is no JSON", "payload=nope", "application/x-www-form-urlencoded"],
    ["text", "hello", "text/plain"],
    ["XML", "<a/>", "application/xml"],
    ["a hundred thousand brackets", "[".repeat(100_000), "application/json"],
  ])("refuses %s, although it is signed", async (_, malformed, contentType) => {
    const { status } = await world.slack.post({ body: malformed, contentType });

    expect(status).toBe(400);
  });

  it("answers what is signed and makes no sense", async () => {
    const senseless = ["", "payload=null", "payload={}", 'payload={"type":"of next year"}', 'payload={"type":"block_actions"}'];

    const statuses = await Promise.all(senseless.map(async (each) => (await world.slack.post({ body: each })).status));

    expect(statuses.filter((status) => status < 200 || status >= 500)).toEqual([]);
  });

  it("answers Slack's own checks", async () => {
    const challenge = await world.slack.post({ body: '{"type":"url_verification","challenge":"abc"}', contentType: "application/json" });
    const certificate = await world.slack.post({ body: "ssl_check=1&token=x" });

    expect(JSON.parse(challenge.body)).toEqual({ challenge: "abc" });
    expect(certificate.status).toBe(200);
  });
});

describe("the GitHub endpoint", () => {
  it.each([
    ["no signature", 401, { "x-hub-signature-256": "" }],
    ["a signature by another secret", 401, { "x-hub-signature-256": `sha256=${createHmac("sha256", "other").update("{}").digest("hex")}` }],
    ["a signature that is none", 401, { "x-hub-signature-256": "sha256=" }],
    ["only the old SHA-1 signature", 401, { "x-hub-signature-256": "", "x-hub-signature": `sha1=${"0".repeat(40)}` }],
    ["no delivery id", 400, { "x-github-delivery": "" }],
    ["a delivery id that is no GUID", 400, { "x-github-delivery": "1 OR 1=1" }],
    ["no event", 400, { "x-github-event": "" }],
    ["a form", 415, { "content-type": "application/x-www-form-urlencoded" }],
    ["no content type", 415, { "content-type": "text/plain" }],
  ])("refuses %s with %d and says why", async (_, status, changed) => {
    const answer = await postToGitHubEndpoint("{}", changed);

    expect(answer).toMatchObject({ status, text: expect.stringMatching(/\w+ .+\./) });
  });

  it.each(["", "{", "[]", "[{}]", '"text"', "7", "null", "true", '{"action":"created"}x', "{}{}", "\u0000"])(
    "refuses the signed body %j",
    async (body) => {
      expect((await postToGitHubEndpoint(body)).status).toBe(400);
    },
  );

  it.each([
    "{}",
    '{"action":"created"}',
    '{"action":"created","issue":null,"comment":[],"sender":1,"repository":""}',
    '{"__proto__":{"action":"created"},"constructor":{}}',
  ])("says that %j has not the shape of a comment", async (body) => {
    expect((await postToGitHubEndpoint(body)).status).toBe(422);
  });

  it("takes an event that it does not know, and does nothing", async () => {
    expect((await postToGitHubEndpoint("{}", { "x-github-event": "event_of_next_year" })).status).toBe(202);
  });

  it("refuses a declared body of 26 MB before it comes", async () => {
    const answer = await upload("/github/webhooks", commentHeaders(""), 26 * megabyte, true);

    expect(answer.status).toBe(413);
    expect(answer.sentBytes).toBeLessThan(13 * megabyte);
  });

  it("stops reading a body without a length at 25 MB, and keeps none of it", async () => {
    const heldBytes: number[] = [];
    const statuses: number[] = [];

    for (let round = 0; round < 8; round++) {
      statuses.push((await upload("/github/webhooks", commentHeaders(""), 40 * megabyte, false)).status);
      heldBytes.push(process.memoryUsage().arrayBuffers);
    }

    expect(new Set(statuses)).toEqual(new Set([413]));
    expect(Math.max(...heldBytes)).toBeLessThan(150 * megabyte);
  });

  it("survives uploads that break off", async () => {
    for (let round = 0; round < 20; round++) await hangUp("/github/webhooks", commentHeaders(""));
    for (let round = 0; round < 20; round++) await hangUp("/slack/events", {});

    expect((await fetch(`${world.bot.url}/readyz`)).status).toBe(200);
  });

  it("replies once to a comment, whatever GUIDs it comes under and however often", async () => {
    const { red } = world.github.pulls;
    const before = (await world.github.comments(red)).length;
    await world.comment("ada", red, "/ci-whoami");
    const { guid } = world.github.deliveries().findLast(({ event, body }) => event === "issue_comment" && body.includes("/ci-whoami")) ?? {
      guid: "",
    };

    const again = [await world.github.redeliver(guid), await world.github.redeliver(guid), await world.github.deliverTwice(guid)];

    expect(again.map(({ attempts }) => attempts.at(-1)?.status)).toEqual([202, 202, 202]);
    await world.comment("ada", red, "/ci-help");
    expect(await world.github.comments(red)).toHaveLength(before + 4);
  });
});

describe("the rest of the address", () => {
  it.each([
    ["GET", "/slack/events", 405],
    ["PUT", "/slack/events", 405],
    ["GET", "/github/webhooks", 405],
    ["DELETE", "/github/webhooks", 405],
    ["POST", "/healthz", 405],
    ["GET", "/", 404],
    ["GET", "/slack/events/", 404],
    ["GET", "/../../etc/passwd", 404],
    ["GET", "/slack%2Fevents", 404],
    ["POST", "/slack", 404],
  ])("answers %s %s with %d", async (method, path, status) => {
    expect((await fetch(`${world.bot.url}${path}`, { method })).status).toBe(status);
  });

  it.each([
    "GARBAGE\r\n\r\n",
    "POST /github/webhooks HTTP/1.1\r\nHost: bot\r\nContent-Length: -1\r\n\r\n",
    "POST /github/webhooks HTTP/1.1\r\nHost: bot\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    `GET /healthz HTTP/1.1\r\nHost: bot\r\nX: ${"x".repeat(40_000)}\r\n\r\n`,
  ])("hangs up on what is no HTTP (%#)", async (bytes) => {
    const { hostname, port } = new URL(world.bot.url);
    const socket = connect(Number(port), hostname);
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk;
    });

    socket.write(bytes);
    await new Promise((resolve) => socket.once("close", resolve));

    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
  });
});

describe("a secret that is being rotated", () => {
  it("is good in its old and its new value, and in no other", async () => {
    const folder = await mkdtemp(join(tmpdir(), "nextrust-"));
    const { slack, github } = world;
    const config = readConfig({
      SLACK_API_URL: slack.url,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: "old, new",
      GITHUB_API_URL: github.url,
      GITHUB_APP_ID: github.app.id,
      GITHUB_PRIVATE_KEY: github.app.privateKey,
      GITHUB_WEBHOOK_SECRET: "old,new,",
      NEXTRUST_DATA_DIR: folder,
      PORT: "0",
    });
    if (!config.slack) throw new Error("The sandbox's credentials are missing.");
    const bot = await startBot(config, pino({ level: "silent" }));
    const secrets = ["old", "new", "old, new", ""];

    const bySlack = await Promise.all(secrets.map((secret) => signedForSlack(`${bot.url}/slack/events`, secret)));
    const byGitHub = await Promise.all(secrets.map((secret) => signedForGitHub(`${bot.url}/github/webhooks`, secret)));
    await bot.stop();
    await rm(folder, { recursive: true });

    expect(bySlack).toEqual([200, 200, 401, 401]);
    expect(byGitHub).toEqual([202, 202, 401, 401]);
  });
});

async function signedForSlack(url: string, secret: string): Promise<number> {
  const body = "ssl_check=1";
  const timestamp = String(nowS());
  const signature = `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    "x-slack-request-timestamp": timestamp,
    "x-slack-signature": signature,
  };
  return (await fetch(url, { method: "POST", headers, body })).status;
}

async function signedForGitHub(url: string, secret: string): Promise<number> {
  const headers = { ...commentHeaders("{}", secret), "x-github-event": "ping" };
  return (await fetch(url, { method: "POST", headers, body: "{}" })).status;
}

describe("after all that", () => {
  it("still answers", async () => {
    expect(await world.ask("ada", "help")).toContain("What you may do here");
  });

  it("has logged no secret, not even when a service failed", async () => {
    world.github.fail(/PullRequestPipeline/, { status: 500 }, 3);
    world.slack.fail(/users\.info/, { status: 500, times: 1 });
    await world.ask("ada", "status #1");
    await world.ask("fay", "whoami");

    const log = world.log();

    expect(log).toContain("a service failed while a command was answered");
    const key = world.github.app.privateKey.split("\n")[3] ?? "";
    const secrets = [world.slack.botToken, world.slack.signingSecret, world.github.app.webhookSecret, key, "PRIVATE KEY", "ghs_", "eyJ"];
    for (const secret of [...secrets, "/response/"]) expect(log).not.toContain(secret);
  });
});

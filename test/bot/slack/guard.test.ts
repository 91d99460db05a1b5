import { createHmac } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { answer } from "../../../src/bot/http.ts";
import { type HttpServer, serve } from "../../../src/bot/http-server.ts";
import { slackRoute } from "../../../src/bot/slack/guard.ts";
import { Secret } from "../../../src/secret.ts";

const log = pino({ level: "silent" });
const startedAtS = 1_800_000_000;

let nowMs: number;
let nextStatus: number;
let taken: string[];
let server: HttpServer;

beforeEach(async () => {
  nowMs = startedAtS * 1000;
  nextStatus = 200;
  taken = [];
  const route = slackRoute({
    secrets: [new Secret("new"), new Secret("old")],
    log,
    now: () => nowMs,
    onEvent: async () => "taken",
    next(request, response) {
      taken.push((request as IncomingMessage & { rawBody: Buffer }).rawBody.toString());
      answer(response, nextStatus);
    },
  });
  server = await serve([route], { host: "127.0.0.1", port: 0, log });
});
afterEach(() => server.close());

const sign = (secret: string, body: string, timestamp: number | string) =>
  `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;

async function post(
  body: string,
  { secret = "new", timestamp = startedAtS as number | string, signature = sign(secret, body, timestamp) } = {},
) {
  const headers = { "x-slack-request-timestamp": String(timestamp), "x-slack-signature": signature };
  return (await fetch(`${server.url}/slack/events`, { method: "POST", headers, body })).status;
}

describe("the guard before Slack's endpoint", () => {
  it("hands over the exact bytes that were signed", async () => {
    const body = "text=%E2%9C%93+a%20b&&text=\r\n ";

    expect(await post(body)).toBe(200);
    expect(taken).toEqual([body]);
  });

  it.each(["new", "old"])("takes a signature by the %s secret while it is rotated", async (secret) => {
    expect(await post("a=1", { secret })).toBe(200);
  });

  it.each([
    ["-300", startedAtS - 300, 200],
    ["-301", startedAtS - 301, 401],
    ["+300", startedAtS + 300, 200],
    ["+301", startedAtS + 301, 401],
    ["milliseconds instead of seconds", startedAtS * 1000, 401],
    ["a minus sign", `-${startedAtS}`, 401],
    ["a fraction", `${startedAtS}.5`, 401],
    ["an exponent", "1.8e9", 401],
    ["hexadecimal", "0x6b49d200", 401],
    ["nothing", "", 401],
  ])("judges the time %s from now", async (_, timestamp, status) => {
    expect(await post("a=1", { timestamp })).toBe(status);
  });

  it.each([
    ["none", ""],
    ["another body's", sign("new", "b=2", startedAtS)],
    ["another time's", sign("new", "a=1", startedAtS - 1)],
    ["another secret's", sign("third", "a=1", startedAtS)],
    ["an empty secret's", sign("", "a=1", startedAtS)],
    ["a shortened one", sign("new", "a=1", startedAtS).slice(0, -1)],
    ["one in capitals", sign("new", "a=1", startedAtS).toUpperCase()],
    ["one without its version", sign("new", "a=1", startedAtS).slice(3)],
  ])("refuses the signature: %s", async (_, signature) => {
    expect(await post("a=1", { signature })).toBe(401);
    expect(taken).toEqual([]);
  });

  it("refuses a replay for as long as its time would pass", async () => {
    const timestamp = startedAtS + 300;
    await post("a=1", { timestamp });

    nowMs += 599_000;

    expect(await post("a=1", { timestamp })).toBe(401);
    expect(taken).toHaveLength(1);
  });

  it("takes the same words said at another time", async () => {
    await post("a=1");

    expect(await post("a=1", { timestamp: startedAtS + 1 })).toBe(200);
  });

  it("lets a repetition through when the first could not be stored", async () => {
    nextStatus = 503;
    await post("a=1");
    nextStatus = 200;

    expect(await post("a=1")).toBe(200);
  });

  it("remembers no forged signature, so that forging cannot shut out the real one", async () => {
    await post("a=1", { signature: sign("third", "a=1", startedAtS) });

    expect(await post("a=1")).toBe(200);
  });
});

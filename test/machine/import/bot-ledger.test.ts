import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { describe, expect, it, onTestFinished } from "vitest";
import { ServiceError, UserError } from "../../../src/errors.ts";
import { botLedger } from "../../../src/machine/import/bot-ledger.ts";
import type { FileMark } from "../../../src/pipeline/usage/import/destination.ts";
import type { Usage } from "../../../src/pipeline/usage/usage.ts";
import { Secret } from "../../../src/secret.ts";

const tokens = { uncachedIn: 1, cacheRead: 2, cacheWrite5m: 3, cacheWrite1h: 4, out: 5, reasoning: 0 };
const usage: Usage = {
  id: "anthropic:msg_1",
  at: 1_700_000_000_000,
  provider: "anthropic",
  model: "claude-sonnet-4-5",
  service: "claude-code",
  basis: "metered",
  session: "s1",
  isSidechain: true,
  tokens,
  statedPico: 36_252_000_000n,
};
const mark: FileMark = { path: "/a.jsonl", position: 10, fingerprint: "f", seen: "s" };

interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: object;
}

/** A bot that gives these answers, one after the other, and the last one from then on. */
async function aBot(...answers: readonly Answer[]) {
  const asked: { request: IncomingMessage; body: unknown }[] = [];
  const server = createServer(async (request, response) => {
    const { status = 200, headers = {}, body = {} } = answers[Math.min(asked.length, answers.length - 1)] ?? {};
    asked.push({ request, body: JSON.parse(await text(request)) });
    response.writeHead(status, headers).end(JSON.stringify(body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const remembered: FileMark[] = [];
  const memory = { remember: async (marks: readonly FileMark[]) => void remembered.push(...marks), close() {} };
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { asked, remembered, ledger: botLedger({ url, token: new Secret("t0ken") }, memory, [1, 1]) };
}

const recorded = { body: { results: [{ index: 0, id: usage.id, status: "recorded" }], counts: {} } };

describe("the ledger of a bot elsewhere", () => {
  it("is told each request as /v1/events takes it, with every digit of its cost", async () => {
    const { ledger, asked, remembered } = await aBot(recorded);

    expect(await ledger.take([usage], [mark])).toEqual([{ outcome: "recorded", costPico: null }]);

    expect(asked[0]?.request).toMatchObject({ method: "POST", url: "/v1/events", headers: { authorization: "Bearer t0ken" } });
    const { statedPico: _, ...rest } = usage;
    expect(asked[0]?.body).toEqual({
      events: [{ type: "usage", ...rest, tokens: { style: "disjoint", ...tokens }, costUsd: "0.036252" }],
    });
    expect(remembered).toEqual([mark]);
  });

  it("is not asked where there is nothing to tell", async () => {
    const { ledger, asked, remembered } = await aBot(recorded);

    await ledger.take([], [mark]);

    expect(asked).toEqual([]);
    expect(remembered).toEqual([mark]);
  });

  it.each([[429], [503], [502]])("is asked again after %i", async (status) => {
    const { ledger, asked } = await aBot({ status }, { status, headers: { "retry-after": "0" } }, recorded);

    expect(await ledger.take([usage], [mark])).toMatchObject([{ outcome: "recorded" }]);
    expect(asked).toHaveLength(3);
  });

  it("says what a bot would not take, and of which request", async () => {
    const { ledger } = await aBot({ body: { results: [{ index: 0, status: "invalid", message: "at is in the future." }] } });

    expect(await ledger.take([usage], [mark])).toEqual([{ outcome: "refused", costPico: null, why: "at is in the future." }]);
  });

  it.each([
    ["stays down", { status: 503 }, ServiceError, /cannot answer now.* What it has taken so far stays/],
    ["does not know the token", { status: 401 }, UserError, "does not take this token"],
    ["is an older one", { status: 404 }, UserError, "/v1/events: NEXTRUST_URL names another server"],
    ["is no bot", { body: { hello: "world" } }, ServiceError, "a way that this version does not know"],
    ["answers about fewer", { body: { results: [] } }, ServiceError, "a way that this version does not know"],
  ])("remembers no file when it %s", async (_, answer, kind, message) => {
    const { ledger, remembered } = await aBot(answer);

    const taking = ledger.take([usage], [mark]);

    await expect(taking).rejects.toThrow(kind);
    await expect(taking).rejects.toThrow(message);
    expect(remembered).toEqual([]);
  });

  it("says so when it cannot be reached", async () => {
    const ledger = botLedger({ url: "http://127.0.0.1:1", token: new Secret("t") }, { remember: async () => {}, close() {} }, [1]);

    await expect(ledger.take([usage], [])).rejects.toThrow("cannot be reached");
  });
});

import { createHmac } from "node:crypto";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type HttpServer, serve } from "../../../src/bot/http-server.ts";
import { pagerRoute } from "../../../src/bot/pager/route.ts";
import type { PagerConfig } from "../../../src/config/pager.ts";
import { ServiceError, storage } from "../../../src/errors.ts";
import { installationOf } from "../../../src/pipeline/pager/incident-key.ts";
import { pagerSaidTask } from "../../../src/pipeline/pager/pager-said.ts";
import type { NewJob } from "../../../src/pipeline/queue.ts";
import type { Records, Transaction } from "../../../src/pipeline/records.ts";
import { Secret } from "../../../src/secret.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";

const log = pino({ level: "silent" });
const now = Date.parse("2026-11-22T12:00:00Z");
const secrets = [new Secret("new"), new Secret("old")];
const duty: PagerConfig = { kind: "pagerduty", url: "https://p.test", routingKey: new Secret("key"), secrets };
const generic: PagerConfig = { kind: "webhook", url: "https://p.test", secrets };

let state: EmbeddedState;
let added: { readonly job: NewJob; readonly how: string }[];
let servers: HttpServer[];
beforeEach(async () => {
  state = await openEmbedded({ file: ":memory:", now: () => now });
  await state.records.transaction((tx) => installationOf(tx, () => "1a2b3c4d"));
  added = [];
  servers = [];
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  await state.close();
});

/** The real records, of which is kept what was added to the queue. */
const watching: Records = {
  transaction: (work, options) =>
    state.records.transaction((tx) => {
      const queue: Transaction["queue"] = {
        async add(job) {
          const how = await tx.queue.add(job);
          added.push({ job, how });
          return how;
        },
      };
      return work({ ...tx, queue });
    }, options),
};

async function listen(pager: PagerConfig, records: Records = watching): Promise<string> {
  const route = pagerRoute({ pager, records, secrets: ["sk-hidden-1234"], log, now: () => now });
  const server = await serve([route], { host: "127.0.0.1", port: 0, log });
  servers.push(server);
  return `${server.url}/v1/pager`;
}

const hmac = (secret: string, text: string) => `v1=${createHmac("sha256", secret).update(text).digest("hex")}`;

interface Incident {
  readonly id: string;
  readonly type: string;
  readonly key: string | null;
  readonly agent: object | null;
  readonly at: string;
}

const ada = { type: "user_reference", summary: "Ada Lovelace" };

const aWebhook = (event: Partial<Incident> = {}) => {
  const { id = "01EVENT", type = "incident.acknowledged", key = "nextrust-1a2b3c4d/i12", agent = ada, at = "2026-11-22T11:59:00Z" } = event;
  return { event: { id, event_type: type, occurred_at: at, agent, data: { type: "incident", incident_key: key } } };
};

async function post(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<number> {
  return (await fetch(url, { method: "POST", headers: { "content-type": "application/json", ...headers }, body })).status;
}

async function deliver(webhook: unknown, { secret = "new", url }: { secret?: string; url?: string } = {}): Promise<number> {
  const body = JSON.stringify(webhook);
  return post(url ?? (await listen(duty)), body, { "x-pagerduty-signature": hmac(secret, body) });
}

describe("what PagerDuty says", () => {
  it("is stored in the incident's lane: what was done, by whom and when", async () => {
    expect(await deliver(aWebhook())).toBe(202);

    const said = { id: "01EVENT", incident: 12, action: "acknowledged", by: "Ada Lovelace", at: now - 60_000 };
    expect(added).toEqual([{ how: "added", job: { id: "pager-said:01EVENT", task: pagerSaidTask, payload: said, lane: "incident:12" } }]);
  });

  it("is stored once, however often it comes", async () => {
    const url = await listen(duty);

    expect(await deliver(aWebhook(), { url })).toBe(202);
    expect(await deliver(aWebhook(), { url })).toBe(202);

    expect(added.map(({ how }) => how)).toEqual(["added", "known"]);
  });

  it.each<[string, Partial<Incident>]>([
    ["the incident of another bot", { key: "nextrust-99999999/i12" }],
    ["a key that only begins like ours", { key: "nextrust-1a2b3c4d/i12/x" }],
    ["a number that no incident has", { key: "nextrust-1a2b3c4d/i0" }],
    ["a key of somebody else's making", { key: "disk full" }],
    ["an incident without a key", { key: null }],
    ["an event that does not matter here", { type: "incident.reassigned" }],
    ["a name that every object has", { type: "constructor" }],
    ["our own acknowledgement coming back", { agent: { type: "service_reference", summary: "CI" } }],
    ["a timer that resolves", { type: "incident.resolved", agent: null }],
    ["what happened last week", { at: "2026-11-15T12:00:00Z" }],
  ])("is taken and left alone when it is %s", async (_, event) => {
    expect(await deliver(aWebhook(event))).toBe(202);

    expect(added).toEqual([]);
  });

  it("counts when an acknowledgement ran out, which nobody did", async () => {
    expect(await deliver(aWebhook({ type: "incident.unacknowledged", agent: null }))).toBe(202);

    expect(added).toMatchObject([{ job: { payload: { action: "unacknowledged", by: "the pager" } } }]);
  });

  it("has names that are short, on one line, and hold no secret", async () => {
    const summary = `A\u202eda\nsk-hidden-1234 ${"x".repeat(300)}`;

    await deliver(aWebhook({ agent: { ...ada, summary } }));

    const [{ by }] = added.map(({ job }) => job.payload as { by: string }) as [{ by: string }];
    expect(by.startsWith("Ada *** xxx")).toBe(true);
    expect(by.length).toBeLessThanOrEqual(80);
  });

  it("did not happen in the future", async () => {
    await deliver(aWebhook({ at: "2030-01-01T00:00:00Z" }));

    expect(added).toMatchObject([{ job: { payload: { at: now } } }]);
  });

  it.each<[string, string | undefined, number]>([
    ["the new secret", hmac("new", "{}"), 400],
    ["the old secret", hmac("old", "{}"), 400],
    ["one good signature among others", `v1=${"0".repeat(64)}, ${hmac("new", "{}")}`, 400],
    ["another secret", hmac("guessed", "{}"), 401],
    ["another body's signature", hmac("new", "{ }"), 401],
    ["another version", hmac("new", "{}").replace("v1", "v0"), 401],
    ["nothing but the version", "v1=", 401],
    ["nothing", undefined, 401],
    ["too many signatures", `${"v1=0,".repeat(10)}${hmac("new", "{}")}`, 401],
  ])("signed with %s gets past the signature or not", async (_, signature, status) => {
    const url = await listen(duty);

    expect(await post(url, "{}", signature === undefined ? {} : { "x-pagerduty-signature": signature })).toBe(status);
  });

  it.each([["no JSON"], ["[]"], ["null"], ['{"event":{}}'], [JSON.stringify(aWebhook({ at: "yesterday" }))]])(
    "is refused when it is %s",
    async (body) => {
      const url = await listen(duty);

      expect(await post(url, body, { "x-pagerduty-signature": hmac("new", body) })).toBe(400);
      expect(added).toEqual([]);
    },
  );

  it("is refused unread when it is too long, and when it is no JSON by its own account", async () => {
    const url = await listen(duty);

    expect(await post(url, "x".repeat(256 * 1024 + 1), {})).toBe(413);
    expect(await post(url, "{}", { "content-type": "text/plain", "x-pagerduty-signature": hmac("new", "{}") })).toBe(415);
  });

  it("is refused while storage is down, so that it comes again", async () => {
    const down: Records = {
      transaction: () => Promise.reject(new ServiceError("The database is locked.", { service: storage, retryable: true })),
    };

    expect(await deliver(aWebhook(), { url: await listen(duty, down) })).toBe(503);
  });
});

describe("what any other pager says", () => {
  const body = JSON.stringify({ id: "e1", incident: "i12", action: "resolved", by: "Ada", at: "2026-11-22T11:59:00Z" });
  const seconds = now / 1000;
  const signed = (text: string, timestamp: string, secret = "new") => ({
    "x-nextrust-timestamp": timestamp,
    "x-nextrust-signature": hmac(secret, `${timestamp}.${text}`),
  });

  it.each<[string, Record<string, string>, number]>([
    ["well", signed(body, String(seconds)), 202],
    ["with the old secret", signed(body, String(seconds), "old"), 202],
    ["almost 5 minutes ago", signed(body, String(seconds - 299)), 202],
    ["too long ago", signed(body, String(seconds - 301)), 401],
    ["too far ahead", signed(body, String(seconds + 301)), 401],
    ["with no number for a time", signed(body, "now"), 401],
    ["with another time than it says", { ...signed(body, String(seconds)), "x-nextrust-timestamp": String(seconds + 1) }, 401],
    ["with another secret", signed(body, String(seconds), "guessed"), 401],
    ["as PagerDuty would", { "x-pagerduty-signature": hmac("new", body) }, 401],
  ])("and signed %s is answered rightly", async (_, headers, status) => {
    expect(await post(await listen(generic), body, headers)).toBe(status);
    expect(added).toHaveLength(status === 202 ? 1 : 0);
  });

  it("is about an incident by its name here", async () => {
    const foreign = body.replace("i12", "nextrust-1a2b3c4d/i12");

    expect(await post(await listen(generic), body, signed(body, String(seconds)))).toBe(202);
    expect(await post(await listen(generic), foreign, signed(foreign, String(seconds)))).toBe(202);

    expect(added).toMatchObject([{ job: { id: "pager-said:e1", payload: { incident: 12, action: "resolved", by: "Ada" } } }]);
  });
});

import { createHmac, randomUUID } from "node:crypto";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { githubRoute } from "../../../src/bot/github/receiver.ts";
import { type HttpServer, serve } from "../../../src/bot/http-server.ts";
import { Settings } from "../../../src/config/settings.ts";
import { ServiceError } from "../../../src/errors.ts";
import type { Job } from "../../../src/pipeline/queue.ts";
import type { Records } from "../../../src/pipeline/records.ts";
import { Secret } from "../../../src/secret.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";

const log = pino({ level: "silent" });

let state: EmbeddedState;
let server: HttpServer;

async function listen(records: Records): Promise<HttpServer> {
  const secrets = [new Secret("new"), new Secret("old")];
  const settings = Settings.parse({ allow: { githubBots: [77] } });
  const options = { secrets, settings, records, log, now: () => 5, isUs: (login: string) => login === us.login };
  return serve([githubRoute(options)], { host: "127.0.0.1", port: 0, log });
}

beforeEach(async () => {
  state = await openEmbedded({ file: ":memory:" });
  server = await listen(state.records);
});
afterEach(async () => {
  await server.close();
  await state.close();
});

interface Said {
  readonly action: string;
  readonly body: string | null;
  readonly author: object | null;
  readonly sender: object;
  readonly changes: object;
}

const ada = { id: 1, login: "ada", type: "User" };
const us = { id: 9, login: "nextrust-ci", type: "User" };
const ravi = { id: 2, login: "ravi", type: "User" };
const aBot = (id: number) => ({ id, login: "helper[bot]", type: "Bot" });

/** A comment of Ada's as GitHub delivers it. */
function aComment({ action = "created", body = "/ci-status", author = ada, sender = author ?? ada, changes = {} }: Partial<Said> = {}) {
  return {
    action,
    changes,
    issue: { number: 7, node_id: "PR_7", pull_request: {} },
    comment: { id: 42, node_id: "IC_42", body, user: author, author_association: "MEMBER", created_at: "2026-11-22T12:00:00Z" },
    sender,
    repository: { full_name: "nextrust/nextrust", private: false },
  };
}

interface Sending {
  readonly event: string;
  readonly guid: string;
  readonly secret: string;
  readonly contentType: string;
}

async function deliver(payload: unknown, sending: Partial<Sending> = {}): Promise<{ status: number; text: string }> {
  const { event = "issue_comment", guid = randomUUID(), secret = "new", contentType = "application/json" } = sending;
  const body = JSON.stringify(payload);
  const headers = {
    "content-type": contentType,
    "x-github-event": event,
    "x-github-delivery": guid,
    "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
  };
  const response = await fetch(`${server.url}/github/webhooks`, { method: "POST", headers, body });
  return { status: response.status, text: await response.text() };
}

/** The jobs that were stored, as a worker gets them. */
async function stored(...tasks: readonly string[]): Promise<{ id: string; payload: unknown }[]> {
  const jobs: { id: string; payload: unknown }[] = [];
  const take = async ({ id, payload }: Job) => void jobs.push({ id, payload });
  state.worker.start(Object.fromEntries(["answer", ...tasks].map((task) => [task, take])));
  await new Promise((resolve) => setTimeout(resolve, 50));
  await state.worker.stop(1_000);
  return jobs;
}

describe("GitHub's endpoint", () => {
  it("stores who said what and where, and nothing more", async () => {
    const guid = randomUUID();

    const { status } = await deliver(aComment({ body: "/ci-status" }), { guid });

    expect(status).toBe(202);
    expect(await stored()).toEqual([
      {
        id: `github:${guid}`,
        payload: {
          surface: "github",
          source: "github:comment:42",
          receivedAt: 5,
          saidAt: Date.parse("2026-11-22T12:00:00Z"),
          repository: "nextrust/nextrust",
          isPrivate: false,
          place: { kind: "pull_request", number: 7, subjectId: "PR_7" },
          saidId: "IC_42",
          user: { id: 1, login: "ada" },
          association: "MEMBER",
          text: "/ci-status",
        },
      },
    ]);
  });

  it("stores one delivery once, however often it comes", async () => {
    const guid = randomUUID();

    const statuses = await Promise.all([1, 2, 3].map(async () => (await deliver(aComment(), { guid })).status));

    expect(statuses).toEqual([202, 202, 202]);
    expect(await stored()).toHaveLength(1);
  });

  it.each<[string, Partial<Said>]>([
    ["an edit by its author", { action: "edited", changes: { body: { from: "hello" } } }],
    ["a deletion", { action: "deleted" }],
    ["a bot's comment", { author: aBot(78) }],
    ["a comment without the prefix", { body: "LGTM" }],
    ["a comment without text", { body: null }],
    ["a comment of a deleted account", { author: null }],
    ["our own words", { author: us, body: "/ci-status <!-- nextrust:reply x -->" }],
    ["a comment that somebody else is said to have created", { sender: ravi }],
  ])("takes %s and stores nothing", async (_, said) => {
    expect((await deliver(aComment(said))).status).toBe(202);
    expect(await stored()).toEqual([]);
  });

  it("hears a bot that is allowed to speak", async () => {
    await deliver(aComment({ author: aBot(77) }));

    expect(await stored()).toHaveLength(1);
  });

  it("keeps somebody else's edit together with what the author had written", async () => {
    await deliver(aComment({ action: "edited", sender: ravi, changes: { body: { from: "LGTM" } } }));

    expect(await stored()).toMatchObject([{ payload: { edit: { textBefore: "LGTM", editor: { id: 2, login: "ravi" } } } }]);
  });

  it.each(["new", "old"])("takes a signature by the %s secret while it is rotated", async (secret) => {
    expect((await deliver(aComment(), { secret })).status).toBe(202);
  });

  it.each(["third", "", "new,old"])("refuses a signature by the secret %j", async (secret) => {
    expect(await deliver(aComment(), { secret })).toEqual({ status: 401, text: "The signature is missing or wrong." });
    expect(await stored()).toEqual([]);
  });

  it.each([
    ["application/json", 202],
    ["application/json; charset=utf-8", 202],
    ["APPLICATION/JSON", 202],
    ["application/x-www-form-urlencoded", 415],
    ["text/plain", 415],
    ["application/jsonp", 415],
  ])("answers the content type %s with %d", async (contentType, status) => {
    expect((await deliver(aComment(), { contentType })).status).toBe(status);
  });

  it.each([
    ["0a8fe4e6-7a4e-4a5b-8b6c-8f8a1f6d9b11", 202],
    ["0A8FE4E6-7A4E-4A5B-8B6C-8F8A1F6D9B11", 202],
    ["0a8fe4e67a4e4a5b8b6c8f8a1f6d9b11", 400],
    ["0a8fe4e6-7a4e-4a5b-8b6c-8f8a1f6d9b11-", 400],
    ["x", 400],
  ])("answers the delivery id %s with %d", async (guid, status) => {
    expect((await deliver(aComment(), { guid })).status).toBe(status);
  });

  it("takes events that it does not know", async () => {
    expect((await deliver({}, { event: "star" })).status).toBe(202);
  });

  it("names no value of a payload that has another shape", async () => {
    const answer = await deliver({ ...aComment(), issue: "s3cret" });

    expect(answer.status).toBe(422);
    expect(answer.text).not.toContain("s3cret");
  });

  it("stores what it understood of a payload that has another shape in parts, and refuses it all the same", async () => {
    const run = { id: 7, run_attempt: 1, workflow_id: 3, name: "CI", head_sha: "ab12cd3", conclusion: "failure", html_url: 12 };
    const repository = { full_name: "acme/shop", private: false };

    const answer = await deliver({ action: "completed", repository, workflow_run: run }, { event: "workflow_run" });

    expect(answer).toEqual({ status: 422, text: "The payload does not have the shape of workflow_run; what I understood is stored." });
    expect((await stored("record-attempt", "follow-run")).map(({ id }) => id)).toEqual([
      "ended:acme/shop:7:1",
      expect.stringMatching(/^follow:|^github:/),
    ]);
  });

  it("asks for a redelivery when storage is down, instead of losing the comment", async () => {
    await server.close();
    const down = async () => {
      throw new ServiceError("locked", { service: "the database", retryable: true });
    };
    server = await listen({ transaction: down });

    expect(await deliver(aComment())).toEqual({ status: 503, text: "Storage is down; redeliver later." });
  });
});

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import type { Settings } from "../../config/settings.ts";
import { ServiceError } from "../../errors.ts";
import { addAll } from "../../pipeline/queue.ts";
import type { Records } from "../../pipeline/records.ts";
import type { Secret } from "../../secret.ts";
import { answer, BodyRefused, type Route, readBody } from "../http.ts";
import { isSigned } from "../signature.ts";
import { events } from "./events.ts";
import { type Made, makeJobs } from "./jobs/make-jobs.ts";
import type { Known } from "./known.ts";

/** GitHub sends nothing larger. */
const bodyLimit = 25 * 1024 * 1024;

/** GitHub hangs up after 10 s. */
const storeWithinMs = 5_000;

const guidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export interface ReceiverOptions {
  readonly secrets: readonly Secret[];
  readonly settings: Settings;
  readonly records: Records;
  readonly log: Logger;
  readonly now: () => number;
  /** Whether a login is our own. */
  readonly isUs: (login: string) => boolean;
}

/** `POST /github/webhooks`: verifies, stores, and only then answers. GitHub never repeats a delivery by itself. */
export function githubRoute(options: ReceiverOptions): Route {
  const keys = options.secrets.map((secret) => secret.reveal());
  return { method: "POST", path: "/github/webhooks", handle: (request, response) => receive(request, response, keys, options) };
}

async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  keys: readonly string[],
  options: ReceiverOptions,
): Promise<void> {
  const event = header(request, "x-github-event");
  const guid = header(request, "x-github-delivery");
  if (!/^application\/json\b/i.test(header(request, "content-type")))
    return answer(response, 415, "Set the webhook's content type to application/json.");
  if (event === "" || !guidPattern.test(guid)) return answer(response, 400, "X-GitHub-Event and X-GitHub-Delivery (a GUID) are needed.");

  let body: Buffer;
  try {
    body = await readBody(request, bodyLimit);
  } catch (error) {
    return answer(response, error instanceof BodyRefused ? error.status : 400, "The body could not be taken.");
  }
  if (!isSigned(header(request, "x-hub-signature-256"), "sha256=", keys, body)) {
    options.log.warn({ delivery: guid, event }, "a delivery with a bad signature was refused");
    return answer(response, 401, "The signature is missing or wrong.");
  }
  const payload = parseObject(body);
  if (!payload) return answer(response, 400, "The body is no JSON object.");
  const readers = events[event];
  if (!readers) return answer(response, 202, "Not one of my events.");
  await store((known) => makeJobs(readers, payload, known), event, guid, response, options);
}

async function store(
  read: (known: Known) => Made,
  event: string,
  guid: string,
  response: ServerResponse,
  { settings, records, log, now, isUs }: ReceiverOptions,
): Promise<void> {
  const { jobs, problems } = read({ guid, receivedAt: now(), settings, isUs });
  if (problems.length > 0) log.error({ delivery: guid, event, problems }, "a delivery has an unknown shape");
  try {
    if (jobs.length > 0) await records.transaction(({ queue }) => addAll(jobs, queue), { beginWithinMs: storeWithinMs });
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    log.error({ err: error, delivery: guid }, "a delivery could not be stored");
    return answer(response, 503, "Storage is down; redeliver later.");
  }
  if (problems.length === 0) return answer(response, 202, jobs.length > 0 ? "Stored." : "Nothing in it is for me.");
  // Refused all the same, so that GitHub lists it and a bot that knows the new shape is sent the rest.
  answer(response, 422, `The payload does not have the shape of ${event}${jobs.length > 0 ? "; what I understood is stored" : ""}.`);
}

function parseObject(body: Buffer): object | undefined {
  try {
    const parsed: unknown = JSON.parse(body.toString("utf8"));
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === "string" ? value : "";
}

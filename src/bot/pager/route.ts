import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import type { PagerConfig } from "../../config/pager.ts";
import { ServiceError } from "../../errors.ts";
import { mask } from "../../pipeline/logs/mask.ts";
import { incidentOf, numberIn } from "../../pipeline/pager/incident-key.ts";
import { toPagerSaid } from "../../pipeline/pager/pager-said.ts";
import type { Records } from "../../pipeline/records.ts";
import { answer, BodyRefused, type Route, readBody } from "../http.ts";
import { type Heard, readers } from "./said.ts";
import { isFromPager } from "./verify.ts";

const bodyLimit = 256 * 1024;
/** Pagers hang up after some 5 s, and send it again. */
const storeWithinMs = 3_000;
/** The queue knows what it was told for 7 days; what is older may be a repetition. */
const oldMs = 3 * 24 * 60 * 60_000;

export interface PagerRouteOptions {
  readonly pager: PagerConfig;
  readonly records: Records;
  /** Values that must never be shown. */
  readonly secrets: readonly string[];
  readonly log: Logger;
  readonly now: () => number;
}

/** `POST /v1/pager`: verifies, stores, and only then answers. What happened is told twice without harm: its id names the job. */
export const pagerRoute = (options: PagerRouteOptions): Route => ({
  method: "POST",
  path: "/v1/pager",
  handle: (request, response) => receive(request, response, options),
});

async function receive(request: IncomingMessage, response: ServerResponse, options: PagerRouteOptions): Promise<void> {
  const { pager, log, now } = options;
  if (!/^application\/json\b/i.test(request.headers["content-type"] ?? "")) return answer(response, 415, "Send JSON.");
  let body: Buffer;
  try {
    body = await readBody(request, bodyLimit);
  } catch (error) {
    return answer(response, error instanceof BodyRefused ? error.status : 400, "The body could not be taken.");
  }
  if (!isFromPager(pager, request.headers, body, now())) {
    log.warn({}, "what claims to be the pager was refused: its signature is wrong");
    return answer(response, 401, "The signature is missing, wrong or too old.");
  }
  const heard = readers[pager.kind](parse(body));
  if (heard === "wrong_shape") {
    log.error({}, "what the pager says has an unknown shape");
    return answer(response, 400, "The body does not have the shape that I know.");
  }
  if (heard === "ignored") return answer(response, 202, "Nothing in it is for me.");
  if (now() - heard.at > oldMs) {
    log.warn({ event: heard.id }, "the pager speaks of long ago, which is ignored");
    return answer(response, 202, "It is too long ago.");
  }
  await store(heard, response, options);
}

async function store(
  { key, ...heard }: Heard,
  response: ServerResponse,
  { pager, records, secrets, log, now }: PagerRouteOptions,
): Promise<void> {
  try {
    const isOurs = await records.transaction(
      async (tx) => {
        const incident = pager.kind === "pagerduty" ? await incidentOf(key, tx) : numberIn(key);
        if (incident === undefined) return false;
        await tx.queue.add(toPagerSaid({ ...heard, incident, by: mask(heard.by, secrets), at: Math.min(heard.at, now()) }));
        return true;
      },
      { beginWithinMs: storeWithinMs },
    );
    if (!isOurs) log.info({ event: heard.id }, "the pager speaks of an incident that is none of ours");
    answer(response, 202, isOurs ? "Stored." : "That is no incident of mine.");
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    log.error({ err: error, event: heard.id }, "what the pager said could not be stored");
    answer(response, 503, "Storage is down; send it again.");
  }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

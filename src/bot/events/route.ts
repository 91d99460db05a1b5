import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import { ServiceError } from "../../errors.ts";
import type { Secret } from "../../secret.ts";
import type { Services } from "../../services.ts";
import { answer, answerJson, BodyRefused, type Route, readBody } from "../http.ts";
import { toEventsAnswer } from "./answer.ts";
import { mostEvents, readBatch } from "./batch.ts";
import { isLetIn } from "./bearer.ts";
import { takeEvents } from "./take-events.ts";

const bodyLimit = 5 * 1024 * 1024;
const storeWithinMs = 3_000;
export const retryAfterSeconds = 5;

export interface EventsRouteOptions {
  /** Any of them is good; without one nobody is let in. */
  readonly tokens: readonly Secret[];
  readonly services: Pick<
    Services,
    "records" | "priceBook" | "money" | "timings" | "channels" | "designLimits" | "reviewRules" | "secrets" | "now"
  >;
  readonly log: Logger;
}

/** `POST /v1/events`: what was spent, and what is going to be. docs/events.md explains it. */
export const eventsRoute = (options: EventsRouteOptions): Route => ({
  method: "POST",
  path: "/v1/events",
  handle: (request, response) => receive(request, response, options),
});

async function receive(request: IncomingMessage, response: ServerResponse, { tokens, services, log }: EventsRouteOptions): Promise<void> {
  if (!isLetIn(request, response, tokens)) return;
  if (!/^application\/json\b/i.test(request.headers["content-type"] ?? "")) return answer(response, 415, "Send JSON.");
  let body: Buffer;
  try {
    body = await readBody(request, bodyLimit);
  } catch (error) {
    return answer(
      response,
      error instanceof BodyRefused ? error.status : 400,
      `The body could not be taken: it may have ${bodyLimit} bytes.`,
    );
  }
  const events = readBatch(body, services.secrets, services.now());
  if (events === "no_batch") return answer(response, 400, 'Send {"events": […]}, and nothing beside it: docs/events.md shows how.');
  if (events === "too_many") return answer(response, 400, `Send at most ${mostEvents} events at once, and the others after them.`);
  try {
    const results = await services.records.transaction((tx) => takeEvents(events, tx, services), { beginWithinMs: storeWithinMs });
    answerJson(response, 200, toEventsAnswer(results));
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    log.error({ err: error, events: events.length }, "events could not be stored");
    response.setHeader("retry-after", retryAfterSeconds);
    answer(response, 503, "Storage is down and nothing was recorded; send it again.");
  }
}

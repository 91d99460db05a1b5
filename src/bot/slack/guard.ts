import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import type { Secret } from "../../secret.ts";
import { answer, BodyRefused, type Route, readBody } from "../http.ts";
import { isSigned } from "../signature.ts";
import { type Intake, isEvent } from "./event-intake.ts";

/** Slack's own limit. */
const bodyLimit = 4 * 1024 * 1024;

/** Slack's rule, which Bolt applies to the past only: https://docs.slack.dev/authentication/verifying-requests-from-slack */
const farthestS = 300;
const mostRemembered = 100_000;

export interface GuardOptions {
  readonly secrets: readonly Secret[];
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly onEvent: (body: object) => Promise<Intake>;
  /** What takes over any other verified request; the body is in `rawBody`, where Bolt looks for it. */
  readonly next: (request: IncomingMessage, response: ServerResponse) => void;
}

/** `POST /slack/events`: caps the body, then refuses what is forged, too old, too new, or a replay. */
export function slackRoute(options: GuardOptions): Route {
  const keys = options.secrets.map((secret) => secret.reveal());
  const seen = createMemory(options.now);

  return {
    method: "POST",
    path: "/slack/events",
    async handle(request, response) {
      let body: Buffer;
      try {
        body = await readBody(request, bodyLimit);
      } catch (error) {
        return answer(response, error instanceof BodyRefused ? error.status : 400, "The body could not be taken.");
      }
      const signature = String(request.headers["x-slack-signature"] ?? "");
      const problem = problemOf(body, signature, String(request.headers["x-slack-request-timestamp"] ?? ""), keys, options.now());
      if (problem || seen.has(signature)) {
        options.log.warn({ problem: problem ?? "replayed" }, "a request to the Slack endpoint was refused");
        return answer(response, 401, "The request is not verified.");
      }
      const payload = toObject(body, request.headers["content-type"]);
      if (!payload) return answer(response, 400, "The body is no object.");
      // Only what was taken is remembered: when storing failed, a repetition must get through.
      response.once("finish", () => response.statusCode < 300 && seen.add(signature));
      if (isEvent(payload)) return answer(response, statusOf[await options.onEvent(payload)]);
      options.next(Object.assign(request, { rawBody: body }), response);
    },
  };
}

function problemOf(body: Buffer, signature: string, timestamp: string, keys: readonly string[], nowMs: number): string | undefined {
  if (!/^\d{1,12}$/.test(timestamp)) return "no timestamp";
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > farthestS) return "timestamp too far from now";

  return isSigned(signature, "v0=", keys, `v0:${timestamp}:`, body) ? undefined : "bad signature";
}

/** Slack repeats an event that got anything but a 2xx. */
const statusOf: Readonly<Record<Intake, number>> = { taken: 200, malformed: 400, down: 503 };

/** The body, or the payload in a form; Bolt takes it for granted that it is an object. A form without one stands for an empty one. */
function toObject(body: Buffer, contentType = ""): object | undefined {
  const text = body.toString();
  if (text === "") return undefined;
  const isForm = !contentType.startsWith("application/json");
  if (isForm && !text.includes("payload=")) return {};
  const json = isForm ? new URLSearchParams(text).get("payload") : text;
  if (json === null) return {};
  try {
    const parsed: unknown = JSON.parse(json);
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** Remembers signatures for as long as their timestamp could pass. What another process took is known by its edge key all the same. */
function createMemory(now: () => number) {
  const until = new Map<string, number>();
  return {
    has: (signature: string): boolean => (until.get(signature) ?? 0) > now(),
    add(signature: string): void {
      for (const [oldest, end] of until) {
        if (end > now() && until.size < mostRemembered) break;
        until.delete(oldest);
      }
      until.set(signature, now() + 2 * farthestS * 1000);
    },
  };
}

import { randomUUID } from "node:crypto";
import type { RawDelivery } from "../deliveries.ts";

/** What Slack sends over a socket: https://docs.slack.dev/apis/events-api/using-socket-mode */
export interface SentEnvelope {
  readonly envelope_id: string;
  readonly type: "events_api" | "slash_commands" | "interactive";
  readonly payload: Readonly<Record<string, unknown>>;
  readonly accepts_response_payload: boolean;
  /** Of events only. */
  readonly retry_attempt?: number;
  readonly retry_reason?: string;
}

/** A body as it would go by HTTP, in an envelope of its own. */
export function toSentEnvelope({ body, contentType = "" }: RawDelivery, attempt = 0): SentEnvelope {
  const envelope_id = randomUUID();
  if (contentType.startsWith("application/json")) {
    const retry = { retry_attempt: attempt, retry_reason: attempt === 0 ? "" : "timeout" };
    return { envelope_id, type: "events_api", payload: JSON.parse(body), accepts_response_payload: false, ...retry };
  }
  const fields = Object.fromEntries(new URLSearchParams(body));
  if (fields.payload === undefined) return { envelope_id, type: "slash_commands", payload: fields, accepts_response_payload: true };
  const payload = JSON.parse(fields.payload);
  return { envelope_id, type: "interactive", payload, accepts_response_payload: payload.type !== "block_actions" };
}

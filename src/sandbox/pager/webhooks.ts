import { createHmac, randomUUID } from "node:crypto";
import { postOnce } from "../slack/post-once.ts";
import type { Deed, Paged } from "./incidents.ts";

export interface Agent {
  readonly type: "user_reference" | "service_reference";
  readonly summary: string;
}

/** A webhook of version 3. */
export function toWebhook({ id, key, summary, state }: Paged, type: Deed | "triggered", agent: Agent, at: number) {
  return {
    event: {
      id: randomUUID(),
      event_type: `incident.${type}`,
      resource_type: "incident",
      occurred_at: new Date(at).toISOString(),
      agent,
      client: null,
      data: { id, type: "incident", incident_key: key, title: summary, status: state },
    },
  };
}

const signPagerBody = (secret: string, body: string): string => `v1=${createHmac("sha256", secret).update(body).digest("hex")}`;

const patienceMs = 5_000;

/** @returns the status of the answer; 0 where there was none */
export async function postWebhook(url: string, secret: string, webhook: object): Promise<number> {
  const body = JSON.stringify(webhook);
  const headers = { "content-type": "application/json", "x-pagerduty-signature": signPagerBody(secret, body) };
  try {
    return (await postOnce(url, { body, headers, deadlineMs: patienceMs })).status;
  } catch {
    return 0;
  }
}

import { z } from "zod";
import type { PagerConfig } from "../../config/pager.ts";
import type { PagerSaid } from "../../pipeline/pager/pager-said.ts";
import { clip, printable } from "../render/printable.ts";

/** What the pager said, with its own key of the incident. */
export interface Heard extends Omit<PagerSaid, "incident"> {
  readonly key: string;
}

/** `ignored`: it is none of our business. */
export type Reading = Heard | "ignored" | "wrong_shape";

const id = z.string().min(1).max(200);
const at = z.iso.datetime({ offset: true });
const longestName = 80;
const toName = (name: string): string => clip(printable(name).replaceAll(/\s+/g, " ").trim(), longestName) || "somebody";

const Event = z.object({ event: z.object({ id, event_type: z.string(), occurred_at: at }) });

/** Webhooks v3 (https://developer.pagerduty.com/docs/webhooks-overview). */
const IncidentEvent = z.object({
  event: z.object({
    agent: z.object({ type: z.string().nullish(), summary: z.string().nullish() }).nullish(),
    data: z.object({ incident_key: z.string().nullish() }),
  }),
});

const actions: Readonly<Record<string, PagerSaid["action"]>> = {
  "incident.acknowledged": "acknowledged",
  "incident.unacknowledged": "unacknowledged",
  "incident.resolved": "resolved",
};

function fromPagerDuty(payload: unknown): Reading {
  const read = Event.safeParse(payload);
  if (!read.success) return "wrong_shape";
  const { id: event, event_type: type, occurred_at: occurredAt } = read.data.event;
  const action = Object.hasOwn(actions, type) ? actions[type] : undefined;
  if (action === undefined) return "ignored";
  const more = IncidentEvent.safeParse(payload);
  if (!more.success) return "wrong_shape";
  const { agent, data } = more.data.event;
  // What no person did is our own page coming back, or a timer: that closes no failure. An acknowledgement that ran out is heard.
  const isPerson = agent?.type === "user_reference";
  if (!data.incident_key || (!isPerson && action !== "unacknowledged")) return "ignored";
  const by = isPerson ? toName(agent.summary ?? "") : "the pager";
  return { id: event, key: data.incident_key, action, by, at: Date.parse(occurredAt) };
}

const Said = z.object({ id, incident: z.string(), action: z.string(), by: z.string().optional(), at });
const ours: readonly string[] = ["acknowledged", "unacknowledged", "resolved"] satisfies readonly PagerSaid["action"][];
const isOurs = (action: string): action is PagerSaid["action"] => ours.includes(action);

function fromWebhook(payload: unknown): Reading {
  const read = Said.safeParse(payload);
  if (!read.success) return "wrong_shape";
  const { id: event, incident, action, by, at: happenedAt } = read.data;
  return isOurs(action) ? { id: event, key: incident, action, by: toName(by ?? ""), at: Date.parse(happenedAt) } : "ignored";
}

/** Reads what each kind of pager sends. */
export const readers: Readonly<Record<PagerConfig["kind"], (payload: unknown) => Reading>> = {
  pagerduty: fromPagerDuty,
  webhook: fromWebhook,
};

import { z } from "zod";

const Payload = z.object({
  summary: z.string().min(1).max(1024),
  source: z.string().min(1),
  severity: z.enum(["critical", "error", "warning", "info"]),
  timestamp: z.iso.datetime({ offset: true }).optional(),
  component: z.string().optional(),
  group: z.string().optional(),
  class: z.string().optional(),
  custom_details: z.record(z.string(), z.unknown()).optional(),
});

const common = { routing_key: z.string(), dedup_key: z.string().min(1).max(255) };

/** What the Events API v2 takes; a key that it does not know is a slip of ours. */
export const PagerEvent = z.discriminatedUnion("event_action", [
  z.strictObject({
    ...common,
    event_action: z.literal("trigger"),
    payload: Payload,
    links: z.array(z.object({ href: z.url(), text: z.string() })).optional(),
    client: z.string().optional(),
    client_url: z.url().optional(),
  }),
  z.strictObject({ ...common, event_action: z.literal("acknowledge") }),
  z.strictObject({ ...common, event_action: z.literal("resolve") }),
]);
export type PagerEvent = z.infer<typeof PagerEvent>;

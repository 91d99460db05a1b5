import { z } from "zod";
import { httpUrl, list } from "./values.ts";

const byte = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const addressRange = z.string().regex(new RegExp(`^(?:${byte}\\.){3}${byte}(?:/(?:3[0-2]|[12]?\\d))?$`));
const events = list(z.string().max(50), 0, 100).optional();

/** `settings` of a manifest. */
export const Settings = z.strictObject({
  event_subscriptions: z
    .strictObject({
      request_url: httpUrl(3_500).optional(),
      bot_events: events,
      user_events: events,
      metadata_subscriptions: list(z.strictObject({ app_id: z.string(), event_type: z.string().max(50) }), 1, 20).optional(),
    })
    .optional(),
  interactivity: z
    .strictObject({
      is_enabled: z.boolean(),
      request_url: httpUrl(3_500).optional(),
      message_menu_options_url: httpUrl(3_500).optional(),
    })
    .optional(),
  incoming_webhooks: z.strictObject({ incoming_webhooks_enabled: z.boolean().optional() }).optional(),
  siws_links: z
    .strictObject({
      initiate_uri: z
        .string()
        .regex(/^https:\/\//)
        .max(3_500)
        .optional(),
    })
    .optional(),
  allowed_ip_address_ranges: list(addressRange, 1, 50).optional(),
  org_deploy_enabled: z.boolean().optional(),
  socket_mode_enabled: z.boolean().optional(),
  token_rotation_enabled: z.boolean().optional(),
  is_hosted: z.boolean().optional(),
  is_mcp_enabled: z.boolean().optional(),
  function_runtime: z.string().optional(),
  hermes_app_type: z.string().optional(),
});

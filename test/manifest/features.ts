import { z } from "zod";
import { httpUrl, list, text } from "./values.ts";

const domain = z
  .string()
  .regex(/^[a-z0-9][-a-z0-9.]*[a-z0-9]$/)
  .max(255);
const Prompt = z.strictObject({ title: z.string(), message: z.string() });

/** `features` of a manifest. */
export const Features = z.strictObject({
  app_home: z
    .strictObject({
      home_tab_enabled: z.boolean().optional(),
      messages_tab_enabled: z.boolean().optional(),
      messages_tab_read_only_enabled: z.boolean().optional(),
    })
    .optional(),
  bot_user: z.strictObject({ display_name: text(1, 80), always_online: z.boolean().optional() }).optional(),
  shortcuts: z
    .array(
      z.strictObject({
        name: text(1, 24),
        type: z.enum(["message", "global"]),
        callback_id: text(1, 255),
        description: text(1, 150),
      }),
    )
    .min(1)
    .max(10)
    .optional(),
  slash_commands: z
    .array(
      z.strictObject({
        command: text(2, 32).startsWith("/"),
        description: text(1, 2_000),
        url: httpUrl(3_000).optional(),
        usage_hint: text(1, 1_000).optional(),
        should_escape: z.boolean().optional(),
      }),
    )
    .min(1)
    .max(50)
    .optional(),
  unfurl_domains: list(domain, 1, 5).optional(),
  agent_view: z
    .strictObject({
      agent_description: z.string().max(300).optional(),
      suggested_prompts: z.array(Prompt).max(4).optional(),
      actions: z.array(z.strictObject({ name: z.string(), description: z.string() })).optional(),
    })
    .optional(),
  assistant_view: z.strictObject({ assistant_description: z.string(), suggested_prompts: z.array(Prompt).optional() }).optional(),
});

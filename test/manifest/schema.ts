import { z } from "zod";
import { Features } from "./features.ts";
import { Settings } from "./settings.ts";
import { list, text } from "./values.ts";

const scopes = z.array(z.string().max(50)).max(255).optional();

const DisplayInformation = z.strictObject({
  name: text(1, 35),
  description: text(1, 140).optional(),
  background_color: z
    .string()
    .regex(/^#(?:[0-9a-f]{3}){1,2}$/i)
    .optional(),
  long_description: text(175, 4_000).optional(),
});

const OauthConfig = z.strictObject({
  redirect_urls: list(z.string().max(2_500), 0, 1_000).optional(),
  scopes: z.strictObject({ bot: scopes, user: scopes, bot_optional: scopes, user_optional: scopes }).optional(),
  token_management_enabled: z.boolean().optional(),
  pkce_enabled: z.boolean().optional(),
});

/**
 * What Slack takes as the manifest of an app, version 2: every object is closed. Left out, so that we notice if we ever begin to use them: the
 * app directory, and all that belongs to apps that Slack hosts or that serve models.
 */
export const Manifest = z.strictObject({
  _metadata: z
    .strictObject({
      major_version: z.literal(2),
      minor_version: z.int().optional(),
      schema_version: z.int().optional(),
      min_version: z.int().optional(),
    })
    .optional(),
  display_information: DisplayInformation,
  features: Features.optional(),
  oauth_config: OauthConfig.optional(),
  settings: Settings.optional(),
});
export type Manifest = z.infer<typeof Manifest>;

import { z } from "zod";
import { address, anyText, chars, flag, list, plainText } from "./text.ts";

// Objects that elements are made of.

export const colour = z.enum(["primary", "danger"]).optional();

export const confirm = z
  .strictObject({ title: plainText(100), text: anyText(300), confirm: plainText(30), deny: plainText(30), style: colour })
  .optional();

export const placeholder = plainText(150).optional();

export const option = z.strictObject({ text: plainText(75), value: chars(150), description: plainText(75).optional() });
/** In checkboxes and radio buttons text may be marked up. */
export const richOption = z.strictObject({ text: anyText(75), value: chars(150), description: anyText(75).optional() });
export const linkOption = z.strictObject({ ...option.shape, url: address.optional() });

export const optionGroups = list(z.strictObject({ label: plainText(75), options: list(option, 100) }), 100);

const kinds = z.enum(["im", "mpim", "private", "public"]);

export const conversationFilter = z
  .strictObject({
    include: list(kinds, 4)
      .refine((values) => new Set(values).size === values.length, "must hold each kind once")
      .optional(),
    exclude_external_shared_channels: flag,
    exclude_bot_users: flag,
  })
  .refine((filter) => Object.keys(filter).length > 0, "must provide at least one field")
  .optional();

export const dispatchActionConfig = z
  .strictObject({ trigger_actions_on: list(z.enum(["on_enter_pressed", "on_character_entered"]), 2) })
  .optional();

const slackFile = z
  .strictObject({
    id: z
      .string()
      .regex(/^F[A-Z0-9]{8,}$/, "must be the id of a file")
      .optional(),
    url: address.optional(),
  })
  .refine(({ id, url }) => (id === undefined) !== (url === undefined), "must provide either id or url");

/** Where an image comes from, and what it shows. */
export const ofImage = { image_url: address.optional(), slack_file: slackFile.optional(), alt_text: chars(2000) };

export const hasOneSource = ({ image_url, slack_file }: { image_url?: unknown; slack_file?: unknown }): boolean =>
  (image_url === undefined) !== (slack_file === undefined);
export const oneSource = "must provide either image_url or slack_file";

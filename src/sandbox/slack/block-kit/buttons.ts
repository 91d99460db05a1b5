import { z } from "zod";
import { colour, confirm } from "./composition.ts";
import { address, chars, list, ofAction, plainText } from "./text.ts";

const ofButton = { accessibility_label: chars(75).optional() };

export const button = z.strictObject({
  type: z.literal("button"),
  text: plainText(75),
  ...ofAction,
  ...ofButton,
  value: chars(2000).optional(),
  url: address.optional(),
  style: colour,
  confirm,
});

const inputParameter = z.strictObject({ name: z.string().min(1), value: z.string() });
const trigger = z.strictObject({ url: address, customizable_input_parameters: z.array(inputParameter).optional() });

export const workflowButton = z.strictObject({
  type: z.literal("workflow_button"),
  text: plainText(75),
  action_id: chars(255),
  ...ofButton,
  workflow: z.strictObject({ trigger }),
  style: colour,
});

const opinion = z.strictObject({ text: plainText(75), value: chars(2000), ...ofButton });

export const feedbackButtons = z.strictObject({
  type: z.literal("feedback_buttons"),
  ...ofAction,
  positive_button: opinion,
  negative_button: opinion,
});

export const iconButton = z.strictObject({
  type: z.literal("icon_button"),
  icon: z.literal("trash"),
  text: plainText(75),
  ...ofAction,
  ...ofButton,
  value: chars(2000).optional(),
  visible_to_user_ids: list(chars(255), 10).optional(),
  confirm,
});

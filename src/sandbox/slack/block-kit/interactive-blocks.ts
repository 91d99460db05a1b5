import { z } from "zod";
import { button, feedbackButtons, iconButton, workflowButton } from "./buttons.ts";
import { datePicker, dateTimePicker, richTextInput, textInputs, timePicker } from "./inputs.ts";
import { checkboxes, menus, multiMenus, overflow, radioButtons } from "./menus.ts";
import { flag, list, ofBlock, plainText } from "./text.ts";

const choices = [...menus, ...multiMenus, checkboxes, radioButtons, datePicker, timePicker, dateTimePicker, richTextInput] as const;

export const actions = z.strictObject({
  type: z.literal("actions"),
  elements: list(z.discriminatedUnion("type", [button, workflowButton, overflow, ...choices]), 25),
  ...ofBlock,
});

export const contextActions = z.strictObject({
  type: z.literal("context_actions"),
  elements: list(z.discriminatedUnion("type", [feedbackButtons, iconButton]), 5),
  ...ofBlock,
});

export const input = z.strictObject({
  type: z.literal("input"),
  label: plainText(2000),
  hint: plainText(2000).optional(),
  element: z.discriminatedUnion("type", [...choices, ...textInputs]),
  optional: flag,
  dispatch_action: flag,
  ...ofBlock,
});

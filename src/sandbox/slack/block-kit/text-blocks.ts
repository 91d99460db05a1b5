import { z } from "zod";
import { button, workflowButton } from "./buttons.ts";
import { datePicker, timePicker } from "./inputs.ts";
import { imageElement } from "./media.ts";
import { checkboxes, menus, multiMenus, overflow, radioButtons } from "./menus.ts";
import { anyText, chars, flag, list, ofBlock, plainText } from "./text.ts";

const accessory = z.discriminatedUnion("type", [
  button,
  workflowButton,
  imageElement,
  ...menus,
  ...multiMenus,
  overflow,
  checkboxes,
  radioButtons,
  datePicker,
  timePicker,
]);

export const section = z
  .strictObject({
    type: z.literal("section"),
    text: anyText(3000).optional(),
    fields: list(anyText(2000), 10).optional(),
    accessory: accessory.optional(),
    expand: flag,
    ...ofBlock,
  })
  .refine(({ text, fields }) => text !== undefined || fields !== undefined, "must provide text or fields");

export const header = z.strictObject({ type: z.literal("header"), text: plainText(150), ...ofBlock });

export const divider = z.strictObject({ type: z.literal("divider"), ...ofBlock });

export const context = z.strictObject({
  type: z.literal("context"),
  elements: list(z.discriminatedUnion("type", [...anyText(3000).options, imageElement]), 10),
  ...ofBlock,
});

export const markdown = z.strictObject({ type: z.literal("markdown"), text: chars(12_000), ...ofBlock });

export const alert = z.strictObject({
  type: z.literal("alert"),
  text: anyText(200),
  level: z.enum(["default", "info", "warning", "error", "success"]).optional(),
  ...ofBlock,
});

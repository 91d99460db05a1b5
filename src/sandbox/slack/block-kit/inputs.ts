import { z } from "zod";
import { confirm, dispatchActionConfig, placeholder } from "./composition.ts";
import { richText } from "./rich-text.ts";
import { chars, flag, list, ofAction, wholeNumber } from "./text.ts";

const ofField = { ...ofAction, focus_on_load: flag, placeholder };
const ofText = { ...ofField, dispatch_action_config: dispatchActionConfig };
const ofPicker = { ...ofField, confirm };

export const datePicker = z.strictObject({ type: z.literal("datepicker"), ...ofPicker, initial_date: z.iso.date().optional() });
export const timePicker = z.strictObject({
  type: z.literal("timepicker"),
  ...ofPicker,
  initial_time: z
    .string()
    .regex(/^\d\d:\d\d$/, "must be a time")
    .optional(),
  timezone: z.string().optional(),
});
export const dateTimePicker = z.strictObject({
  type: z.literal("datetimepicker"),
  ...ofAction,
  focus_on_load: flag,
  confirm,
  initial_date_time: z.int().optional(),
});

export const richTextInput = z.strictObject({
  type: z.literal("rich_text_input"),
  ...ofText,
  initial_value: richText.optional(),
  min_lines: wholeNumber(1, 100).optional(),
  max_lines: wholeNumber(1, 100).optional(),
});

const numeral = z.string().regex(/^-?\d+(\.\d+)?$/, "must be a number");

/** Those that only an input block takes. */
export const textInputs = [
  z.strictObject({
    type: z.literal("plain_text_input"),
    ...ofText,
    initial_value: z.string().optional(),
    multiline: flag,
    min_length: wholeNumber(0, 3000).optional(),
    max_length: wholeNumber(1, 3000).optional(),
  }),
  z.strictObject({ type: z.literal("email_text_input"), ...ofText, initial_value: z.string().optional() }),
  z.strictObject({ type: z.literal("url_text_input"), ...ofText, initial_value: z.string().optional() }),
  z.strictObject({
    type: z.literal("number_input"),
    ...ofText,
    is_decimal_allowed: z.boolean(),
    initial_value: numeral.optional(),
    min_value: numeral.optional(),
    max_value: numeral.optional(),
  }),
  z.strictObject({
    type: z.literal("file_input"),
    ...ofAction,
    filetypes: list(chars(255), 100).optional(),
    max_files: wholeNumber(1, 10).optional(),
  }),
] as const;

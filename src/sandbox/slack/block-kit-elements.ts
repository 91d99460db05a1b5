import { z } from "zod";

/** Text by Slack's measure: characters are Unicode code points. */
export const chars = (max: number, min = 1) =>
  z
    .string()
    .refine((value) => [...value].length >= min, `must be more than ${min - 1} characters`)
    .refine((value) => [...value].length <= max, `must be less than ${max + 1} characters`);

export const plainText = (max: number) =>
  z.strictObject({ type: z.literal("plain_text"), text: chars(max), emoji: z.boolean().optional() });

const mrkdwn = (max: number) => z.strictObject({ type: z.literal("mrkdwn"), text: chars(max), verbatim: z.boolean().optional() });

export const anyText = (max: number) => z.discriminatedUnion("type", [plainText(max), mrkdwn(max)]);

export const list = <T extends z.ZodType>(item: T, max: number, min = 1) =>
  z.array(item).min(min, `must have at least ${min} items`).max(max, `no more than ${max} items allowed`);

const confirm = z.strictObject({
  title: plainText(100),
  text: anyText(300),
  confirm: plainText(30),
  deny: plainText(30),
  style: z.enum(["primary", "danger"]).optional(),
});

const actionId = chars(255).optional();

export const button = z.strictObject({
  type: z.literal("button"),
  text: plainText(75),
  action_id: actionId,
  value: chars(2000).optional(),
  url: chars(3000).optional(),
  style: z.enum(["primary", "danger"]).optional(),
  confirm: confirm.optional(),
  accessibility_label: chars(75).optional(),
});

const option = z.strictObject({ text: plainText(75), value: chars(150), description: plainText(75).optional() });

export const staticSelect = z.strictObject({
  type: z.literal("static_select"),
  action_id: actionId,
  options: list(option, 100),
  initial_option: option.optional(),
  placeholder: plainText(150).optional(),
  confirm: confirm.optional(),
  focus_on_load: z.boolean().optional(),
});

export const imageElement = z.strictObject({ type: z.literal("image"), image_url: chars(3000), alt_text: chars(2000) });

const style = z.strictObject({
  bold: z.boolean().optional(),
  italic: z.boolean().optional(),
  strike: z.boolean().optional(),
  code: z.boolean().optional(),
  underline: z.boolean().optional(),
});

const inline = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), text: z.string().min(1, "must be more than 0 characters"), style: style.optional() }),
  z.strictObject({
    type: z.literal("link"),
    url: chars(3000),
    text: z.string().optional(),
    unsafe: z.boolean().optional(),
    style: style.optional(),
  }),
  z.strictObject({ type: z.literal("emoji"), name: chars(255), unicode: z.string().optional(), style: style.optional() }),
  z.strictObject({ type: z.literal("user"), user_id: chars(255), style: style.optional() }),
  z.strictObject({ type: z.literal("usergroup"), usergroup_id: chars(255), style: style.optional() }),
  z.strictObject({ type: z.literal("channel"), channel_id: chars(255), style: style.optional() }),
  z.strictObject({ type: z.literal("broadcast"), range: z.enum(["here", "channel", "everyone"]), style: style.optional() }),
  z.strictObject({
    type: z.literal("date"),
    timestamp: z.int(),
    format: chars(255),
    url: chars(3000).optional(),
    fallback: z.string().optional(),
    style: style.optional(),
  }),
]);

const border = z.int().min(0).max(1).optional();
const section = z.strictObject({ type: z.literal("rich_text_section"), elements: z.array(inline) });

export const richTextPart = z.discriminatedUnion("type", [
  section,
  z.strictObject({ type: z.literal("rich_text_preformatted"), elements: z.array(inline), border, language: z.string().optional() }),
  z.strictObject({ type: z.literal("rich_text_quote"), elements: z.array(inline), border }),
  z.strictObject({
    type: z.literal("rich_text_list"),
    style: z.enum(["bullet", "ordered"]),
    elements: z.array(section),
    indent: z.int().min(0).max(8).optional(),
    offset: z.int().min(0).optional(),
    border,
  }),
]);

import { z } from "zod";
import { address, chars, ofBlock, wholeNumber } from "./text.ts";

const flags = ["bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink"] as const;
const style = z.strictObject(Object.fromEntries(flags.map((name) => [name, z.boolean().optional()]))).optional();
const id = chars(255);

const inline = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), text: z.string().min(1, "must be more than 0 characters"), style }),
  z.strictObject({ type: z.literal("link"), url: address, text: z.string().optional(), unsafe: z.boolean().optional(), style }),
  z.strictObject({ type: z.literal("emoji"), name: id, unicode: z.string().optional(), url: address.optional(), style }),
  z.strictObject({ type: z.literal("user"), user_id: id, style }),
  z.strictObject({ type: z.literal("usergroup"), usergroup_id: id, style }),
  z.strictObject({ type: z.literal("team"), team_id: id, style }),
  z.strictObject({ type: z.literal("channel"), channel_id: id, style }),
  z.strictObject({ type: z.literal("color"), value: id, style }),
  z.strictObject({ type: z.literal("broadcast"), range: z.enum(["here", "channel", "everyone"]), style }),
  z.strictObject({
    type: z.literal("date"),
    timestamp: z.int(),
    format: id,
    url: address.optional(),
    fallback: z.string().optional(),
    style,
  }),
]);

const border = wholeNumber(0, 1).optional();
const section = z.strictObject({ type: z.literal("rich_text_section"), elements: z.array(inline) });

const part = z.discriminatedUnion("type", [
  section,
  z.strictObject({ type: z.literal("rich_text_preformatted"), elements: z.array(inline), border, language: z.string().optional() }),
  z.strictObject({ type: z.literal("rich_text_quote"), elements: z.array(inline), border }),
  z.strictObject({
    type: z.literal("rich_text_list"),
    style: z.enum(["bullet", "ordered"]),
    elements: z.array(section),
    indent: wholeNumber(0, 8).optional(),
    offset: wholeNumber(0).optional(),
    border,
  }),
]);

export const richText = z.strictObject({ type: z.literal("rich_text"), elements: z.array(part), ...ofBlock });

import { z } from "zod";
import { button } from "./buttons.ts";
import { actions, input } from "./interactive-blocks.ts";
import { file, image, imageElement, video } from "./media.ts";
import { richText } from "./rich-text.ts";
import { table } from "./tables.ts";
import { anyText, flag, list, mrkdwn, ofBlock, plainText } from "./text.ts";
import { context, divider, header, section } from "./text-blocks.ts";

export const card = z
  .strictObject({
    type: z.literal("card"),
    hero_image: imageElement.optional(),
    icon: imageElement.optional(),
    title: mrkdwn(150).optional(),
    subtitle: mrkdwn(150).optional(),
    body: mrkdwn(200).optional(),
    subtext: mrkdwn(200).optional(),
    actions: list(button, 3).optional(),
    ...ofBlock,
  })
  .refine(
    (one) => [one.hero_image, one.title, one.actions, one.body].some((part) => part !== undefined),
    "must provide hero_image, title, actions or body",
  );

export const carousel = z.strictObject({ type: z.literal("carousel"), elements: list(card, 10), ...ofBlock });

const child = z.discriminatedUnion("type", [actions, context, divider, file, header, image, input, richText, section, table, video]);

export const container = z
  .strictObject({
    type: z.literal("container"),
    title: plainText(150).optional(),
    rich_text_title: richText.optional(),
    subtitle: anyText(150).optional(),
    child_blocks: list(child, 10),
    width: z.enum(["narrow", "standard", "wide", "full"]).optional(),
    icon: imageElement.optional(),
    is_collapsible: flag,
    default_collapsed: flag,
    has_header_divider: flag,
    ...ofBlock,
  })
  .refine(
    ({ title, rich_text_title }) => (title === undefined) !== (rich_text_title === undefined),
    "must provide title or rich_text_title",
  );

import { z } from "zod";

/** Text by Slack's measure: characters are Unicode code points. */
export const chars = (max: number, min = 1) =>
  z
    .string()
    .refine((value) => [...value].length >= min, `must be more than ${min - 1} characters`)
    .refine((value) => [...value].length <= max, `must be less than ${max + 1} characters`);

export const plainText = (max: number) =>
  z.strictObject({ type: z.literal("plain_text"), text: chars(max), emoji: z.boolean().optional() });

export const mrkdwn = (max: number) => z.strictObject({ type: z.literal("mrkdwn"), text: chars(max), verbatim: z.boolean().optional() });

export const anyText = (max: number) => z.discriminatedUnion("type", [plainText(max), mrkdwn(max)]);

export const list = <T extends z.ZodType>(item: T, max: number, min = 1) =>
  z.array(item).min(min, `must have at least ${min} items`).max(max, `no more than ${max} items allowed`);

export const wholeNumber = (min: number, max = Number.MAX_SAFE_INTEGER) =>
  z.int().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`);

export const flag = z.boolean().optional();

/** A web address. */
export const address = chars(3000);

/** What every block has. */
export const ofBlock = { block_id: chars(255).optional() };

/** What everything has that can be clicked. */
export const ofAction = { action_id: chars(255).optional() };

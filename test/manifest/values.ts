import { z } from "zod";

export const text = (least: number, most: number) => z.string().min(least).max(most);

/** An address that Slack calls. */
export const httpUrl = (most: number) =>
  z
    .string()
    .regex(/^https?:\/\//)
    .max(most);

/** A list that holds nothing twice. */
export const list = <Each extends z.ZodType>(each: Each, least: number, most: number) =>
  z
    .array(each)
    .min(least)
    .max(most)
    .refine((values) => new Set(values.map((value) => JSON.stringify(value))).size === values.length, "holds something twice");

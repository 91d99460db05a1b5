import { z } from "zod";
import { hasOneSource, ofImage, oneSource } from "./composition.ts";
import { address, chars, ofBlock, plainText } from "./text.ts";

export const imageElement = z.strictObject({ type: z.literal("image"), ...ofImage }).refine(hasOneSource, oneSource);

export const image = z
  .strictObject({ type: z.literal("image"), ...ofImage, title: plainText(2000).optional(), ...ofBlock })
  .refine(hasOneSource, oneSource);

export const video = z.strictObject({
  type: z.literal("video"),
  title: plainText(200),
  title_url: chars(2000).optional(),
  video_url: address,
  thumbnail_url: address,
  alt_text: chars(2000),
  author_name: chars(50).optional(),
  provider_name: chars(50).optional(),
  provider_icon_url: address.optional(),
  description: plainText(200).optional(),
  ...ofBlock,
});

export const file = z.strictObject({ type: z.literal("file"), external_id: chars(255), source: z.literal("remote"), ...ofBlock });

import { z } from "zod";
import type { DesignLimits } from "../pipeline/design/limits.ts";
import { AiChannels } from "./ai/channels.ts";
import { Reviews } from "./ai/reviews.ts";

/** `ai` of the settings: who is asked, and what for. docs/ai.md explains it. */
export const Ai = z
  .strictObject({
    channels: AiChannels,
    askAboveUsd: z.number().min(0).max(1000).default(1).meta({
      description: "a command whose call to a model may cost more US dollars than this (at most 1000) asks its person first",
    }),
    reviews: Reviews.default([]).meta({
      description: "the repositories whose pull requests are reviewed otherwise than by the defaults, or without anybody asking",
    }),
    design: z
      .strictObject({
        perDay: z.int().min(1).max(1000).default(10).meta({ description: "designs (at most 1000) that are asked for on one day" }),
        perHour: z.int().min(1).max(1000).default(3).meta({ description: "the same within an hour" }),
        cooldownMinutes: z.int().min(0).max(1440).default(30).meta({ description: "minutes (at most 1440) from one to the next" }),
        forSessions: z
          .boolean()
          .default(true)
          .meta({ description: "whether what sessions of Claude Code ask for by their hooks is answered too, within the same limits" }),
      })
      .prefault({})
      .meta({ description: "limits of design help" }),
  })
  .prefault({});
export type Ai = z.infer<typeof Ai>;

export const designLimitsOf = ({ design: { perDay, perHour, cooldownMinutes, forSessions } }: Ai): DesignLimits => ({
  perDay,
  perHour,
  cooldownMs: cooldownMinutes * 60_000,
  isForSessions: forSessions,
});

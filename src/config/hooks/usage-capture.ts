import { z } from "zod";
import { bases } from "../../pipeline/usage/usage.ts";

export const UsageCapture = z
  .strictObject({
    everySeconds: z
      .number()
      .int()
      .min(1)
      .max(3_600)
      .default(30)
      .meta({ description: "while a turn goes on, usage is read at most this often" }),
    basis: z.enum(bases).optional().meta({
      description: "who pays for Claude Code: `metered`, `subscription` or `free`",
      unset: "metered where a key or token is in the variables, else subscription",
    }),
  })
  .prefault({});

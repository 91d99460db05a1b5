import { z } from "zod";
import { mode } from "./pattern.ts";

/** `hooks.workingDirectory` of the settings: where the commands of a session may change things. */
export const WorkingDirectory = z
  .strictObject({
    mode: mode
      .default("warn")
      .meta({ description: "`block` stops a command that would change something elsewhere, `warn` only tells the model" }),
    roots: z.array(z.string().trim().min(1)).default([]).meta({
      description:
        "folders beside the checkout where commands and files may be too: absolute, from `~`, or from the checkout (`../shared`)",
    }),
  })
  .prefault({});
export type WorkingDirectory = z.infer<typeof WorkingDirectory>;

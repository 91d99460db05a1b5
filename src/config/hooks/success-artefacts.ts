import { z } from "zod";
import { pattern } from "./pattern.ts";

const Command = z.strictObject({
  program: z.string().trim().min(1).meta({ description: "the program, without its folder: `just`" }),
  when: z.array(pattern).default([]).meta({ description: "words that its command has to hold, each a pattern: `release-*`" }),
  kind: z.enum(["build", "test"]).meta({ description: "what is kept of it: a `build` summary or a `test` report" }),
});

/** `hooks.successArtefacts` of the settings: what is kept of commands that succeed. */
export const SuccessArtefacts = z
  .strictObject({
    commands: z
      .array(Command)
      .max(100)
      .default([])
      .meta({ description: "commands of this repository that build or test, besides those that are known; the status log notes them too" }),
    keep: z.int().min(1).max(10_000).default(200).meta({ description: "how many are kept; the oldest go first" }),
  })
  .prefault({});
export type SuccessArtefacts = z.infer<typeof SuccessArtefacts>;

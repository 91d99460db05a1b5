import { z } from "zod";
import { mode, pattern } from "./pattern.ts";

const patterns = z.array(pattern).default([]);

const Rule = z.strictObject({
  name: z.string().trim().min(1).max(100).meta({ description: "what it is called where it is told" }),
  program: pattern.meta({ description: "the program, without its folder: `cmake`" }),
  when: patterns.meta({ description: "words of the command that must all be there for the rule to apply" }),
  folders: patterns.meta({
    description: "folders in one of which the command has to run for the rule to apply, from the checkout: `build/**`",
  }),
  unless: patterns.meta({ description: "words with any of which it does not apply, such as `--build`" }),
  requires: patterns.meta({ description: "words that must all be there" }),
  forbids: patterns.meta({ description: "words of which none may be there" }),
  env: z
    .array(z.string().regex(/^[A-Za-z_]\w*$/, "is no name of a variable"))
    .default([])
    .meta({ description: "variables that must be set" }),
  message: z.string().trim().min(1).max(500).meta({ description: "what the model is told to do" }),
  mode: mode.default("block").meta({ description: "`block` stops the command, `warn` only tells the model" }),
});

/** `hooks.buildCommand` of the settings: how commands that build have to be called. */
export const BuildCommand = z
  .strictObject({
    rules: z.array(Rule).max(100).default([]).meta({ description: "all that apply are told together" }),
  })
  .prefault({});
export type BuildCommand = z.infer<typeof BuildCommand>;

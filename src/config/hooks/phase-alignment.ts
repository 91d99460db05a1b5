import { z } from "zod";
import { commandPatterns } from "./command-pattern.ts";

const phase = z.string().min(1).max(40);

const Rule = z
  .strictObject({
    phases: z.array(phase).min(1).optional().meta({ description: "the phases in which these commands may run" }),
    from: phase.optional().meta({ description: "the phase from which on they may run" }),
    commands: commandPatterns.min(1).meta({ description: "commands, by the words they begin with: `cargo build*`" }),
    mode: z.enum(["warn", "block"]).default("warn").meta({ description: "`warn` tells the model, `block` stops the command" }),
    message: z.string().min(1).max(300).optional().meta({ description: "what to do instead" }),
  })
  .refine((rule) => (rule.phases === undefined) !== (rule.from === undefined), "names not exactly one of phases and from");

/** Which commands wait for their phase. */
export const PhaseAlignment = z
  .strictObject({ rules: z.array(Rule).max(100).default([]).meta({ description: "commands that belong to some phases only" }) })
  .prefault({});
export type PhaseRule = z.infer<typeof Rule>;

import { z } from "zod";
import { pattern } from "./pattern.ts";

/** `hooks.outputSummary` of the settings: which output of tools the model gets as a summary. */
export const OutputSummary = z
  .strictObject({
    overKb: z.number().min(4).max(1_000).default(10).meta({ description: "output over so many KB is summed up" }),
    keepOverKb: z
      .number()
      .min(4)
      .max(10_000)
      .default(50)
      .meta({ description: "the full text of output over so many KB is kept as a file" }),
    totalMb: z.int().min(1).max(10_000).default(100).meta({ description: "how many MB such files take at most; the oldest go first" }),
    tools: z.array(pattern).default(["Bash"]).meta({ description: "tools whose output is summed up, such as `mcp__build__*`" }),
  })
  .prefault({});
export type OutputSummary = z.infer<typeof OutputSummary>;

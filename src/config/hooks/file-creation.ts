import { z } from "zod";
import { mode, pattern } from "./pattern.ts";

const Rule = z.strictObject({
  paths: z.array(pattern).min(1).meta({ description: "files that it is about: patterns of paths below the checkout, such as `**/*.md`" }),
  except: z.array(pattern).default([]).meta({ description: "files that it is not about, such as `docs/**`" }),
  message: z.string().trim().min(1).max(500).meta({ description: "what the model is told: what is wrong, and where the file belongs" }),
  mode: mode.default("warn").meta({ description: "`block` stops the tool, `warn` only tells the model" }),
  onlyNew: z.boolean().default(false).meta({ description: "whether files that are there already may be changed" }),
});

/** `hooks.fileCreation` of the settings: which files may be made or changed. */
export const FileCreation = z
  .strictObject({
    protect: z
      .array(pattern)
      .default([".nextrust/**", ".claude/hook-logs/**", "**/.git", "**/.git/**"])
      .meta({ description: "files that nobody but their program writes; upper and lower case count as the same" }),
    rules: z.array(Rule).max(100).default([]).meta({ description: "rules of this repository; the first one that applies counts" }),
  })
  .prefault({});
export type FileCreation = z.infer<typeof FileCreation>;

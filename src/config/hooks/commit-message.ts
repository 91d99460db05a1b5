import { z } from "zod";
import { protectedBranches } from "./protected-branches.ts";

/** `hooks.commitMessage` of the settings. */
export const CommitMessage = z
  .strictObject({
    types: z
      .array(z.string().regex(/^[a-z][a-z-]{0,29}$/, "is not a lower-case word such as feat"))
      .min(1)
      .max(50)
      .default(["build", "chore", "ci", "docs", "feat", "fix", "perf", "refactor", "revert", "style", "test"])
      .meta({ description: "what a subject may begin with" }),
    minLength: z.int().min(1).max(500).default(10).meta({ description: "how many characters a subject has at least" }),
    maxLength: z.int().min(1).max(500).default(100).meta({ description: "how many it has at most" }),
    protectedBranches: protectedBranches.meta({ description: "branches without work in progress; `*` and `**` as in globs" }),
  })
  .refine(({ minLength, maxLength }) => minLength <= maxLength, "has a minLength above its maxLength")
  .prefault({});
export type CommitMessageSettings = z.infer<typeof CommitMessage>;

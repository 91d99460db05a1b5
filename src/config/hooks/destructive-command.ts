import { z } from "zod";
import { glob, protectedBranches } from "./protected-branches.ts";

/** `hooks.destructiveCommand` of the settings. */
export const DestructiveCommand = z
  .strictObject({
    allow: z
      .array(glob)
      .max(50)
      .default([])
      .meta({ description: "commands that are let pass all the same, each as a whole: `curl ** https://sh.rustup.rs`; `**` is anything" }),
    protectedBranches: protectedBranches.meta({ description: "branches that no push may rewrite or delete; `*` and `**` as in globs" }),
  })
  .prefault({});
export type DestructiveCommandSettings = z.infer<typeof DestructiveCommand>;

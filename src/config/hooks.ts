import { z } from "zod";
import { CommitMessage } from "./hooks/commit-message.ts";
import { DestructiveCommand } from "./hooks/destructive-command.ts";

/** Every module of the hooks, as `hooks.off` names it. */
export const hookModules = [
  "budget",
  "build-command",
  "ccusage-check",
  "commit-message",
  "deliver",
  "design-request",
  "destructive-command",
  "error-snapshot",
  "failure-tracking",
  "file-creation",
  "known-issue",
  "leftovers",
  "output-summary",
  "phase-alignment",
  "phase-banner",
  "phase-review",
  "prompt-audit",
  "prompt-security",
  "receipt",
  "rotation",
  "session-context",
  "status-log",
  "status-update",
  "success-artefacts",
  "usage-capture",
  "working-directory",
] as const;
export type HookModuleName = (typeof hookModules)[number];

/** `hooks` of the settings: what the hooks of Claude Code do in this repository. docs/hooks.md explains it. */
export const Hooks = z
  .strictObject({
    off: z
      .array(z.string().refine((name) => (hookModules as readonly string[]).includes(name), "is not the name of a module (docs/hooks.md)"))
      .default([])
      .meta({ description: "modules that are switched off, by name" }),
    commitMessage: CommitMessage.meta({ description: "what a message of a commit must be like" }),
    destructiveCommand: DestructiveCommand.meta({ description: "what no command may destroy" }),
  })
  .prefault({});
export type HookSettings = z.infer<typeof Hooks>;

import { z } from "zod";
import { BuildCommand } from "./hooks/build-command.ts";
import { CommitMessage } from "./hooks/commit-message.ts";
import { DesignRequest } from "./hooks/design-request.ts";
import { DestructiveCommand } from "./hooks/destructive-command.ts";
import { FileCreation } from "./hooks/file-creation.ts";
import { OutputSummary } from "./hooks/output-summary.ts";
import { PhaseAlignment } from "./hooks/phase-alignment.ts";
import { PhaseBanner } from "./hooks/phase-banner.ts";
import { PhaseReview } from "./hooks/phase-review.ts";
import { PromptAudit } from "./hooks/prompt-audit.ts";
import { Rotation } from "./hooks/rotation.ts";
import { StatusLogSettings } from "./hooks/status-log.ts";
import { SuccessArtefacts } from "./hooks/success-artefacts.ts";
import { UsageCapture } from "./hooks/usage-capture.ts";
import { WorkingDirectory } from "./hooks/working-directory.ts";

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
    buildCommand: BuildCommand.meta({ description: "rules for commands that build" }),
    fileCreation: FileCreation.meta({ description: "which files may be made or changed" }),
    outputSummary: OutputSummary.meta({ description: "which output is summed up for the model" }),
    successArtefacts: SuccessArtefacts.meta({ description: "what is kept of commands that succeed" }),
    workingDirectory: WorkingDirectory.meta({ description: "where commands may change things" }),
    designRequest: DesignRequest,
    phaseAlignment: PhaseAlignment,
    phaseBanner: PhaseBanner,
    phaseReview: PhaseReview,
    rotation: Rotation,
    statusLog: StatusLogSettings,
    promptAudit: PromptAudit.meta({ description: "what is kept of prompts" }),
    usageCapture: UsageCapture.meta({ description: "how usage is read from transcripts" }),
    commitMessage: CommitMessage.meta({ description: "what a message of a commit must be like" }),
    destructiveCommand: DestructiveCommand.meta({ description: "what no command may destroy" }),
  })
  .prefault({});
export type HookSettings = z.infer<typeof Hooks>;

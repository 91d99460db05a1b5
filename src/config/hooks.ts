import { z } from "zod";
import { DesignRequest } from "./hooks/design-request.ts";
import { PhaseAlignment } from "./hooks/phase-alignment.ts";
import { PhaseBanner } from "./hooks/phase-banner.ts";
import { PhaseReview } from "./hooks/phase-review.ts";
import { Rotation } from "./hooks/rotation.ts";
import { StatusLogSettings } from "./hooks/status-log.ts";
import { StatusUpdate } from "./hooks/status-update.ts";

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
    designRequest: DesignRequest,
    phaseAlignment: PhaseAlignment,
    phaseBanner: PhaseBanner,
    phaseReview: PhaseReview,
    rotation: Rotation,
    statusLog: StatusLogSettings,
    statusUpdate: StatusUpdate,
  })
  .prefault({});
export type HookSettings = z.infer<typeof Hooks>;

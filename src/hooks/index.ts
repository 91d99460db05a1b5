import type { HookTable } from "./module.ts";
import { outputSummary } from "./post-tool-use/output-summary.ts";
import { successArtefacts } from "./post-tool-use/success-artefacts.ts";
import { buildCommand } from "./pre-tool-use/build-command.ts";
import { fileCreation } from "./pre-tool-use/file-creation.ts";
import { workingDirectory } from "./pre-tool-use/working-directory.ts";

/** Every module, by event, in the order in which they run. */
export const table: HookTable = {
  "post-tool-use": [outputSummary, successArtefacts],
  "post-tool-use-failure": [],
  "pre-tool-use": [buildCommand, fileCreation, workingDirectory],
  "session-end": [],
  "session-start": [],
  stop: [],
  "user-prompt-submit": [],
};

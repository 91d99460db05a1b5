import type { HookTable } from "./module.ts";
import { commitMessage } from "./pre-tool-use/commit-message.ts";
import { destructiveCommand } from "./pre-tool-use/destructive-command.ts";
import { promptSecurity } from "./user-prompt-submit/prompt-security.ts";

/** Every module, by event, in the order in which they run. */
export const table: HookTable = {
  "post-tool-use": [],
  "post-tool-use-failure": [],
  "pre-tool-use": [destructiveCommand, commitMessage],
  "session-end": [],
  "session-start": [],
  stop: [],
  "user-prompt-submit": [promptSecurity],
};

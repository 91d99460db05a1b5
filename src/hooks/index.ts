import { budget } from "./budget/budget.ts";
import { deliver } from "./deliver/deliver.ts";
import type { HookTable } from "./module.ts";

/** Every module, by event, in the order in which they run. */
export const table: HookTable = {
  "post-tool-use": [deliver("post-tool-use")],
  "post-tool-use-failure": [deliver("post-tool-use-failure")],
  "pre-tool-use": [budget],
  "session-end": [deliver("session-end")],
  "session-start": [deliver("session-start")],
  stop: [deliver("stop")],
  "user-prompt-submit": [budget],
};

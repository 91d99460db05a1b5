import { budget } from "./budget/budget.ts";
import { deliver } from "./deliver/deliver.ts";
import type { HookTable } from "./module.ts";
import { phaseAlignment } from "./pre-tool-use/phase-alignment.ts";
import { rotation } from "./session-start/rotation.ts";
import { sessionContext } from "./session-start/session-context.ts";
import { statusLog, statusLogAtEnd } from "./status/status-log.ts";
import { statusUpdate, statusUpdateOfFailure } from "./status/status-update.ts";
import { phaseBanner } from "./user-prompt-submit/phase-banner.ts";

/** Every module, by event, in the order in which they run. */
export const table: HookTable = {
  "post-tool-use": [statusUpdate, deliver("post-tool-use")],
  "post-tool-use-failure": [statusUpdateOfFailure, deliver("post-tool-use-failure")],
  "pre-tool-use": [phaseAlignment, budget],
  "session-end": [statusLogAtEnd, deliver("session-end")],
  "session-start": [sessionContext, rotation, deliver("session-start")],
  stop: [statusLog, deliver("stop")],
  "user-prompt-submit": [phaseBanner, budget],
};

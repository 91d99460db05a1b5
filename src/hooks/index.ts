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
  "post-tool-use": [statusUpdate],
  "post-tool-use-failure": [statusUpdateOfFailure],
  "pre-tool-use": [phaseAlignment],
  "session-end": [statusLogAtEnd],
  "session-start": [sessionContext, rotation],
  stop: [statusLog],
  "user-prompt-submit": [phaseBanner],
  "post-tool-use": [deliver("post-tool-use")],
  "post-tool-use-failure": [deliver("post-tool-use-failure")],
  "pre-tool-use": [budget],
  "session-end": [deliver("session-end")],
  "session-start": [deliver("session-start")],
  stop: [deliver("stop")],
  "user-prompt-submit": [budget],
import { ccusageCheck } from "./ccusage-check/module.ts";
import type { HookTable } from "./module.ts";
import { promptAudit, promptAuditAtEnd, promptAuditAtStop } from "./prompt-audit/module.ts";
import { leftovers } from "./receipt/leftovers.ts";
import { receipt } from "./receipt/receipt.ts";
import { captureAtEnd, captureAtStop, captureWhileWorking } from "./usage-capture/module.ts";

/** Every module, by event, in the order in which they run. */
export const table: HookTable = {
  "post-tool-use": [captureWhileWorking],
  "post-tool-use-failure": [captureWhileWorking],
  "pre-tool-use": [],
  "session-end": [captureAtEnd, promptAuditAtEnd, ccusageCheck],
  "session-start": [receipt, leftovers],
  stop: [captureAtStop, promptAuditAtStop],
  "user-prompt-submit": [promptAudit],
};

import { budget } from "./budget/budget.ts";
import { ccusageCheck } from "./ccusage-check/module.ts";
import { deliver } from "./deliver/deliver.ts";
import type { HookTable } from "./module.ts";
import { destructiveCommand } from "./pre-tool-use/destructive-command.ts";
import { phaseAlignment } from "./pre-tool-use/phase-alignment.ts";
import { promptAudit, promptAuditAtEnd, promptAuditAtStop } from "./prompt-audit/module.ts";
import { leftovers } from "./receipt/leftovers.ts";
import { receipt } from "./receipt/receipt.ts";
import { rotation } from "./session-start/rotation.ts";
import { sessionContext } from "./session-start/session-context.ts";
import { statusLog, statusLogAtEnd } from "./status/status-log.ts";
import { statusUpdate, statusUpdateOfFailure } from "./status/status-update.ts";
import { captureAtEnd, captureAtStop, captureWhileWorking } from "./usage-capture/module.ts";
import { phaseBanner } from "./user-prompt-submit/phase-banner.ts";

/** Every module, by event, in the order in which they run. */
export const table: HookTable = {
  "post-tool-use": [statusUpdate, captureWhileWorking, deliver("post-tool-use")],
  "post-tool-use-failure": [statusUpdateOfFailure, captureWhileWorking, deliver("post-tool-use-failure")],
  "pre-tool-use": [destructiveCommand, phaseAlignment, budget],
  "session-end": [statusLogAtEnd, captureAtEnd, promptAuditAtEnd, ccusageCheck, deliver("session-end")],
  "session-start": [sessionContext, rotation, receipt, leftovers, deliver("session-start")],
  stop: [statusLog, captureAtStop, promptAuditAtStop, deliver("stop")],
  "user-prompt-submit": [phaseBanner, budget, promptAudit],
};

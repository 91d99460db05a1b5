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

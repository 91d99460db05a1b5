import { budget } from "./budget/budget.ts";
import { ccusageCheck } from "./ccusage-check/module.ts";
import { deliver } from "./deliver/deliver.ts";
import { designRequest } from "./failures/design-request.ts";
import { errorSnapshot } from "./failures/error-snapshot.ts";
import { failureTracking, successTracking } from "./failures/failure-tracking.ts";
import { knownIssue } from "./failures/known-issue.ts";
import type { HookTable } from "./module.ts";
import { phaseReviewAtEnd, phaseReviewAtStop } from "./phase/phase-review.ts";
import { outputSummary } from "./post-tool-use/output-summary.ts";
import { successArtefacts } from "./post-tool-use/success-artefacts.ts";
import { buildCommand } from "./pre-tool-use/build-command.ts";
import { commitMessage } from "./pre-tool-use/commit-message.ts";
import { destructiveCommand } from "./pre-tool-use/destructive-command.ts";
import { fileCreation } from "./pre-tool-use/file-creation.ts";
import { phaseAlignment } from "./pre-tool-use/phase-alignment.ts";
import { workingDirectory } from "./pre-tool-use/working-directory.ts";
import { promptAudit, promptAuditAtEnd, promptAuditAtStop } from "./prompt-audit/module.ts";
import { leftovers } from "./receipt/leftovers.ts";
import { receipt } from "./receipt/receipt.ts";
import { rotation } from "./session-start/rotation.ts";
import { sessionContext } from "./session-start/session-context.ts";
import { statusLog, statusLogAtEnd } from "./status/status-log.ts";
import { statusUpdate, statusUpdateOfFailure } from "./status/status-update.ts";
import { captureAtEnd, captureAtStop, captureWhileWorking } from "./usage-capture/module.ts";
import { phaseBanner } from "./user-prompt-submit/phase-banner.ts";
import { promptSecurity } from "./user-prompt-submit/prompt-security.ts";

/** Every module, by event, in the order in which they run. */
export const table: HookTable = {
  "post-tool-use": [outputSummary, successArtefacts, successTracking, statusUpdate, captureWhileWorking, deliver("post-tool-use")],
  // What is counted first is explained second, and only what nobody can explain is asked about.
  "post-tool-use-failure": [
    failureTracking,
    knownIssue,
    errorSnapshot,
    designRequest,
    statusUpdateOfFailure,
    captureWhileWorking,
    deliver("post-tool-use-failure"),
  ],
  "pre-tool-use": [destructiveCommand, fileCreation, workingDirectory, commitMessage, buildCommand, phaseAlignment, budget],
  "session-end": [phaseReviewAtEnd, statusLogAtEnd, captureAtEnd, promptAuditAtEnd, ccusageCheck, deliver("session-end")],
  "session-start": [sessionContext, rotation, receipt, leftovers, deliver("session-start")],
  stop: [phaseReviewAtStop, statusLog, captureAtStop, promptAuditAtStop, deliver("stop")],
  "user-prompt-submit": [promptSecurity, phaseBanner, budget, promptAudit],
};

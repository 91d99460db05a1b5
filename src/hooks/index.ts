import type { HookTable } from "./module.ts";
import { outputSummary } from "./post-tool-use/output-summary.ts";
import { successArtefacts } from "./post-tool-use/success-artefacts.ts";
import { designRequest } from "./post-tool-use-failure/design-request.ts";
import { errorSnapshot } from "./post-tool-use-failure/error-snapshot.ts";
import { knownIssue } from "./post-tool-use-failure/known-issue.ts";
import { buildCommand } from "./pre-tool-use/build-command.ts";
import { commitMessage } from "./pre-tool-use/commit-message.ts";
import { destructiveCommand } from "./pre-tool-use/destructive-command.ts";
import { fileCreation } from "./pre-tool-use/file-creation.ts";
import { phaseAlignment } from "./pre-tool-use/phase-alignment.ts";
import { workingDirectory } from "./pre-tool-use/working-directory.ts";
import { ccusageCheck } from "./session-end/ccusage-check.ts";
import { leftovers } from "./session-start/leftovers.ts";
import { receipt } from "./session-start/receipt.ts";
import { rotation } from "./session-start/rotation.ts";
import { sessionContext } from "./session-start/session-context.ts";
import { budget } from "./several-events/budget.ts";
import { deliver, deliverAtStart } from "./several-events/deliver.ts";
import { failureTracking, successTracking } from "./several-events/failure-tracking.ts";
import { phaseReviewAtEnd, phaseReviewAtStop } from "./several-events/phase-review.ts";
import { promptAudit, promptAuditAtEnd, promptAuditAtStop } from "./several-events/prompt-audit.ts";
import { statusLog, statusLogAtEnd } from "./several-events/status-log.ts";
import { statusUpdate, statusUpdateOfFailure } from "./several-events/status-update.ts";
import { captureAtEnd, captureAtStop, captureWhileWorking } from "./several-events/usage-capture.ts";
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
  "session-start": [sessionContext, rotation, receipt, leftovers, deliverAtStart],
  stop: [phaseReviewAtStop, statusLog, captureAtStop, promptAuditAtStop, deliver("stop")],
  "user-prompt-submit": [promptSecurity, phaseBanner, budget, promptAudit],
};

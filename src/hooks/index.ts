import { designRequest } from "./failures/design-request.ts";
import { errorSnapshot } from "./failures/error-snapshot.ts";
import { failureTracking, successTracking } from "./failures/failure-tracking.ts";
import { knownIssue } from "./failures/known-issue.ts";
import type { HookTable } from "./module.ts";
import { phaseReviewAtEnd, phaseReviewAtStop } from "./phase/phase-review.ts";
import { phaseAlignment } from "./pre-tool-use/phase-alignment.ts";
import { rotation } from "./session-start/rotation.ts";
import { sessionContext } from "./session-start/session-context.ts";
import { statusLog, statusLogAtEnd } from "./status/status-log.ts";
import { statusUpdate, statusUpdateOfFailure } from "./status/status-update.ts";
import { phaseBanner } from "./user-prompt-submit/phase-banner.ts";

/** Every module, by event, in the order in which they run. */
export const table: HookTable = {
  "post-tool-use": [successTracking, statusUpdate],
  // What is counted first is explained second, and only what nobody can explain is asked about.
  "post-tool-use-failure": [failureTracking, knownIssue, errorSnapshot, designRequest, statusUpdateOfFailure],
  "pre-tool-use": [phaseAlignment],
  "session-end": [phaseReviewAtEnd, statusLogAtEnd],
  "session-start": [sessionContext, rotation],
  stop: [phaseReviewAtStop, statusLog],
  "user-prompt-submit": [phaseBanner],
};

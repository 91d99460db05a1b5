import { ack } from "./ack.ts";
import { aiReview } from "./ai-review.ts";
import { analytics } from "./analytics.ts";
import { approveRun } from "./approve-run.ts";
import { audit } from "./audit.ts";
import { budget } from "./budget.ts";
import { can } from "./can.ts";
import { cancel } from "./cancel.ts";
import { checkPhase } from "./check-phase.ts";
import { clearBackoff } from "./clear-backoff.ts";
import { clearCache } from "./clear-cache.ts";
import type { Command } from "./command.ts";
import { confirm } from "./confirm.ts";
import { designHelp } from "./design-help.ts";
import { escalate } from "./escalate.ts";
import { forceReview } from "./force-review.ts";
import { freeze } from "./freeze.ts";
import { getLogs } from "./get-logs.ts";
import { help } from "./help.ts";
import { incidents } from "./incidents.ts";
import { knownIssue } from "./known-issue.ts";
import { link } from "./link.ts";
import { menu } from "./menu.ts";
import { mirror } from "./mirror.ts";
import { mute } from "./mute.ts";
import { oncall } from "./oncall.ts";
import { resetPhase } from "./reset-phase.ts";
import { resolve } from "./resolve.ts";
import { retryJob } from "./retry-job.ts";
import { run } from "./run.ts";
import { setPhase } from "./set-phase.ts";
import { snooze } from "./snooze.ts";
import { status } from "./status.ts";
import { subscribe } from "./subscribe.ts";
import { subscriptions } from "./subscriptions.ts";
import { unack } from "./unack.ts";
import { unfreeze } from "./unfreeze.ts";
import { unlink } from "./unlink.ts";
import { unsubscribe } from "./unsubscribe.ts";
import { usage } from "./usage.ts";
import { watch } from "./watch.ts";
import { whoami } from "./whoami.ts";

/** Every command, sorted. Dispatch, roles, help and docs/commands.md read this table and nothing else. */
export const commands: readonly Command[] = [
  ack,
  aiReview,
  analytics,
  approveRun,
  audit,
  budget,
  can,
  cancel,
  checkPhase,
  clearBackoff,
  clearCache,
  confirm,
  designHelp,
  escalate,
  forceReview,
  freeze,
  getLogs,
  help,
  incidents,
  knownIssue,
  link,
  menu,
  mirror,
  mute,
  oncall,
  resetPhase,
  resolve,
  retryJob,
  run,
  setPhase,
  snooze,
  status,
  subscribe,
  subscriptions,
  unack,
  unfreeze,
  unlink,
  unsubscribe,
  usage,
  watch,
  whoami,
];

import type { Logger } from "pino";
import type { Command } from "../commands/command.ts";
import type { Config } from "../config/config.ts";
import { createRecordAttempt, recordAttemptTask } from "../pipeline/backoff/record-attempt-task.ts";
import { createEvaluateBudgets } from "../pipeline/budgets/evaluate.ts";
import { evaluateBudgetsTask } from "../pipeline/budgets/evaluate-task.ts";
import { createExpire, expireTask } from "../pipeline/budgets/expire.ts";
import { createTellPull, tellPullTask } from "../pipeline/budgets/tell-pull.ts";
import { createTouchBudget, touchBudgetTask } from "../pipeline/budgets/touch.ts";
import { clearCachesTask, createClearCaches } from "../pipeline/clear-caches.ts";
import { answerRequestTask, createAnswerRequest } from "../pipeline/design/answer-request.ts";
import { createDesignHelp } from "../pipeline/design/design-help.ts";
import { designHelpTask } from "../pipeline/design/wish.ts";
import { carryOutFixTask, createCarryOutFix } from "../pipeline/failures/carry-out-fix.ts";
import { createDigest, digestTask } from "../pipeline/incidents/digest/on-digest.ts";
import { createFixRun, fixRunTask } from "../pipeline/incidents/fix-run.ts";
import { tickTask } from "../pipeline/incidents/keep.ts";
import { createEndedRun, endedRunTask } from "../pipeline/incidents/on-ended-run.ts";
import { createPagerSaid } from "../pipeline/incidents/on-pager-said.ts";
import { createTick } from "../pipeline/incidents/on-tick.ts";
import { createDequeued, dequeuedTask } from "../pipeline/incidents/pulls/on-dequeued.ts";
import { createShowCosts, createShowPull, showCostsTask, showPullTask } from "../pipeline/incidents/pulls/show-pull.ts";
import { createShow, showTask } from "../pipeline/incidents/show.ts";
import { checkLinkTask, createCheckLink } from "../pipeline/linking/check-link.ts";
import { mirrorTask } from "../pipeline/mirror/changes.ts";
import { createEcho, echoTask } from "../pipeline/mirror/echo.ts";
import { createMaySend } from "../pipeline/mirror/may-send.ts";
import { createMirror } from "../pipeline/mirror/mirror.ts";
import { createFollow, createFollowLater, followLaterTask, followTask } from "../pipeline/operations/follow-task.ts";
import { triageRunTask } from "../pipeline/orchestrator/triage-job.ts";
import { createTriageRun } from "../pipeline/orchestrator/triage-run.ts";
import { createTriageWeek, triageWeekTask } from "../pipeline/orchestrator/weekly-alert.ts";
import { sendTask } from "../pipeline/outbox.ts";
import { pageTask } from "../pipeline/pager/page.ts";
import { pagerSaidTask } from "../pipeline/pager/pager-said.ts";
import { createPage } from "../pipeline/pager/send-page.ts";
import { createLookAtWatched, lookAtWatchedTask } from "../pipeline/personal/look-at-watched.ts";
import { createNotify, notifyTask } from "../pipeline/policy/notify.ts";
import { createRelease, releaseTask } from "../pipeline/policy/release.ts";
import type { Handlers } from "../pipeline/queue.ts";
import { createWeeklyReport, weeklyReportTask } from "../pipeline/reports/on-weekly-report.ts";
import { createAutoReview } from "../pipeline/reviews/auto-review.ts";
import { autoReviewTask } from "../pipeline/reviews/auto-review-task.ts";
import { hideFindingsTask, unplacedTask } from "../pipeline/reviews/finding-comments.ts";
import { createUnplaced } from "../pipeline/reviews/on-unplaced.ts";
import { createReview } from "../pipeline/reviews/review-pull.ts";
import { reviewTask } from "../pipeline/reviews/wish.ts";
import { createPlaceRun, placeRunTask } from "../pipeline/runner-minutes/place-run.ts";
import { createRecordRunnerJob, recordRunnerJobTask } from "../pipeline/runner-minutes/record-job.ts";
import { sweep, sweepTask } from "../pipeline/sweep.ts";
import type { Services } from "../services.ts";
import type { Connections } from "./connections.ts";
import { answerTask } from "./delivery.ts";
import { createDispatch } from "./dispatch.ts";
import { createCheckSender } from "./github/check-sender.ts";
import { createHideFindings } from "./github/hide-findings.ts";
import { createMinimise, minimiseOutdated, minimiseTask } from "./github/minimise.ts";
import { createGitHubPostSender } from "./github/post-sender.ts";
import { githubReactions } from "./github/reactions.ts";
import { createReviewSender } from "./github/review-sender.ts";
import { createGitHubSender } from "./github/sender.ts";
import type { Paces } from "./paces.ts";
import { createSendHandler } from "./send.ts";
import { createChartRefusals } from "./slack/chart-refusals.ts";
import { createFill, fillTask } from "./slack/failed-jobs/fill.ts";
import { createGreet, greetTask } from "./slack/greet.ts";
import { createPublishHome, publishHomeTask } from "./slack/home/publish.ts";
import { createSlackPostSender } from "./slack/post-sender.ts";
import { createSlackSender } from "./slack/sender.ts";

/** What is done with the jobs that deliveries become. */
export function createHandlers(
  { settings }: Config,
  { slack, gitHub }: Connections,
  services: Services,
  { commands, paces, log }: { readonly commands: readonly Command[]; readonly paces: Paces; readonly log: Logger },
): Handlers {
  const { claims, records, now } = services;
  const fallback = { records, fallbackChannel: settings.fallbackChannel, log, now };
  const charts = createChartRefusals(log, now);
  const senders = {
    slack: createSlackSender(slack, claims, charts, settings.prefix, now, paces.slackMs),
    slack_post: createSlackPostSender(slack, claims, charts, fallback, settings.prefix, paces.slackMs),
    github: createGitHubSender(gitHub, settings.prefix),
    github_post: createGitHubPostSender(gitHub, settings.prefix),
    github_check: createCheckSender(gitHub, settings.prefix, log, now),
    github_review: createReviewSender(gitHub, settings.prefix, records),
  };
  return {
    [answerTask]: createDispatch({ commands, settings, services, reactions: githubReactions(gitHub, log), log, now }),
    [sendTask]: createSendHandler({
      records,
      maySend: createMaySend(services, settings.allow.slackChannels),
      senders,
      onSent: (message, tx) => minimiseOutdated(message, tx, now),
    }),
    [minimiseTask]: createMinimise(gitHub, log),
    [reviewTask]: createReview(services),
    [autoReviewTask]: createAutoReview(services),
    [unplacedTask]: createUnplaced(services),
    [hideFindingsTask]: createHideFindings(gitHub, log),
    [mirrorTask]: createMirror({ pairs: settings.mirror, allow: settings.allow, fallbackChannel: settings.fallbackChannel, services }),
    [echoTask]: createEcho(services, settings.allow.slackChannels),
    [fillTask]: createFill({ slack, settings, services, log }),
    [publishHomeTask]: createPublishHome({ slack, settings, services, commands, log }),
    [greetTask]: createGreet({ settings, services, commands }),
    [followTask]: createFollow(services),
    [followLaterTask]: createFollowLater(services),
    [recordRunnerJobTask]: createRecordRunnerJob(services),
    [placeRunTask]: createPlaceRun(services),
    [recordAttemptTask]: createRecordAttempt(services),
    [carryOutFixTask]: createCarryOutFix(services),
    [clearCachesTask]: createClearCaches(services),
    [designHelpTask]: createDesignHelp(services),
    [answerRequestTask]: createAnswerRequest(services),
    [pageTask]: createPage(services),
    [checkLinkTask]: createCheckLink(services),
    [endedRunTask]: createEndedRun(services),
    [fixRunTask]: createFixRun(services),
    [triageWeekTask]: createTriageWeek(services),
    [triageRunTask]: createTriageRun(services),
    [tickTask]: createTick(services),
    [showTask]: createShow(services),
    [digestTask]: createDigest(services),
    [weeklyReportTask]: createWeeklyReport(services),
    [showPullTask]: createShowPull(services),
    [showCostsTask]: createShowCosts(services),
    [dequeuedTask]: createDequeued(services),
    [pagerSaidTask]: createPagerSaid(services),
    [evaluateBudgetsTask]: createEvaluateBudgets(services),
    [expireTask]: createExpire(services),
    [touchBudgetTask]: createTouchBudget(services),
    [tellPullTask]: createTellPull(services),
    [notifyTask]: createNotify(services),
    [releaseTask]: createRelease(services),
    [lookAtWatchedTask]: createLookAtWatched(services),
    [sweepTask]: () => sweep({ ...services, log }),
  };
}

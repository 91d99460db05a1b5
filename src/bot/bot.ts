import type { Logger } from "pino";
import type { Command } from "../commands/command.ts";
import { commands as table } from "../commands/index.ts";
import type { Config } from "../config/config.ts";
import { createRecordAttempt, recordAttemptTask } from "../pipeline/backoff/record-attempt-task.ts";
import { createEvaluateBudgets } from "../pipeline/budgets/evaluate.ts";
import { evaluateBudgetsTask } from "../pipeline/budgets/evaluate-task.ts";
import { createExpire, expireTask } from "../pipeline/budgets/expire.ts";
import { createTellPull, tellPullTask } from "../pipeline/budgets/tell-pull.ts";
import { createTouchBudget, touchAtStart, touchBudgetTask } from "../pipeline/budgets/touch.ts";
import { clearCachesTask, createClearCaches } from "../pipeline/clear-caches.ts";
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
import { type Timings, timings as usualTimings } from "../pipeline/incidents/timings.ts";
import { checkLinkTask, createCheckLink } from "../pipeline/linking/check-link.ts";
import { mirrorTask } from "../pipeline/mirror/changes.ts";
import { createEcho, echoTask } from "../pipeline/mirror/echo.ts";
import { createMaySend } from "../pipeline/mirror/may-send.ts";
import { createMirror } from "../pipeline/mirror/mirror.ts";
import { createFollow, createFollowLater, followLaterTask, followTask } from "../pipeline/operations/follow-task.ts";
import { sendTask } from "../pipeline/outbox.ts";
import { pageTask } from "../pipeline/pager/page.ts";
import { pagerSaidTask } from "../pipeline/pager/pager-said.ts";
import { createPage } from "../pipeline/pager/send-page.ts";
import { createLookAtWatched, lookAtWatchedTask } from "../pipeline/personal/look-at-watched.ts";
import { createNotify, notifyTask } from "../pipeline/policy/notify.ts";
import { createRelease, releaseTask } from "../pipeline/policy/release.ts";
import type { Handlers } from "../pipeline/queue.ts";
import { createWeeklyReport, weeklyReportTask } from "../pipeline/reports/on-weekly-report.ts";
import { createPlaceRun, placeRunTask } from "../pipeline/runner-minutes/place-run.ts";
import { createRecordRunnerJob, recordRunnerJobTask } from "../pipeline/runner-minutes/record-job.ts";
import { addNextSweep, addSweepAfterStart, sweep, sweepTask } from "../pipeline/sweep.ts";
import type { Services } from "../services.ts";
import { configuredPhases } from "../state/configured-phases.ts";
import { openEmbedded } from "../state/embedded/open.ts";
import { createLinks } from "../state/links.ts";
import { pinnedLinks } from "../state/pinned-links.ts";
import { portProblem, refuseWrongCredentials, stateProblem } from "./cannot-start.ts";
import { type Connections, connect, createServices } from "./connections.ts";
import { answerTask } from "./delivery.ts";
import { createDispatch } from "./dispatch.ts";
import { budgetRoute } from "./events/budget-route.ts";
import { eventsRoute } from "./events/route.ts";
import { usageRoute } from "./events/usage-route.ts";
import { createCheckSender } from "./github/check-sender.ts";
import { createMinimise, minimiseOutdated, minimiseTask } from "./github/minimise.ts";
import { createGitHubPostSender } from "./github/post-sender.ts";
import { githubReactions } from "./github/reactions.ts";
import { githubRoute } from "./github/receiver.ts";
import { createGitHubSender } from "./github/sender.ts";
import { healthRoutes, untilItWorks } from "./health.ts";
import type { Route } from "./http.ts";
import { serve } from "./http-server.ts";
import { createInvitations } from "./linking/invitations.ts";
import { linkingRoutes } from "./linking/routes.ts";
import { type Paces, paces as realPaces } from "./paces.ts";
import { pagerProbe } from "./pager/probe.ts";
import { pagerRoute } from "./pager/route.ts";
import { createSendHandler } from "./send.ts";
import { createSlackApp } from "./slack/app.ts";
import { createChartRefusals } from "./slack/chart-refusals.ts";
import { storeWithinMs } from "./slack/edge.ts";
import { createEventIntake } from "./slack/event-intake.ts";
import { createFill, fillTask } from "./slack/failed-jobs/fill.ts";
import { createGreet, greetTask } from "./slack/greet.ts";
import { slackRoute } from "./slack/guard.ts";
import { createPublishHome, publishHomeTask } from "./slack/home/publish.ts";
import { createSlackPostSender } from "./slack/post-sender.ts";
import { createSlackSender } from "./slack/sender.ts";
import { createSocketMode, type SocketMode } from "./slack/socket/socket-mode.ts";
import { createTakeEnvelope } from "./slack/socket/take-envelope.ts";

/** What was taken before a stop is finished within this time or left to the next start. */
const graceMs = 10_000;

/** How many of the jobs that were given up are named in the log at start. */
const mostDeadLetters = 20;

export interface BotExtras {
  /** Routes beside the bot's own. */
  readonly routes?: readonly Route[];
  /** Instead of the bot's own table. */
  readonly commands?: readonly Command[];
  /** Instead of what Slack and GitHub ask for. */
  readonly paces?: Paces;
  /** Instead of how long things take. */
  readonly timings?: Timings;
}

export interface Bot {
  readonly url: string;
  /** Takes nothing new, finishes what it took, and closes. */
  stop(): Promise<void>;
}

/**
 * Puts the bot together and starts it.
 *
 * @throws CannotStart with every reason in a sentence
 */
export async function startBot(
  config: Config,
  log: Logger,
  { routes: more = [], commands = table, paces = realPaces, timings = usualTimings }: BotExtras = {},
): Promise<Bot> {
  const { host, port, stateFile, settings } = config;
  const now = () => Date.now();
  const connections = connect(config, log, paces);
  const { slackIdentity, appTokenCheck, gitHubIdentity, gitHub } = connections;
  const credentials = { Slack: slackIdentity, ...(appTokenCheck && { "Slack Socket Mode": appTokenCheck }), GitHub: gitHubIdentity };
  await refuseWrongCredentials(credentials, log);

  const state = await openEmbedded({ file: stateFile, log }).catch(stateProblem);
  const { records, worker, deadLetters } = state;
  const dead = await deadLetters.list(mostDeadLetters);
  if (dead.length > 0) log.error({ dead: dead.map(({ id, error }) => ({ id, error })) }, "jobs were given up");

  const { linking } = config;
  let ownUrl = "";
  const publicUrl = () => linking?.url ?? ownUrl;
  const invitations = linking && createInvitations(linking.stateSecrets, publicUrl, now);
  const links = createLinks(pinnedLinks(settings), records);
  const services = createServices(
    config,
    connections,
    { ...state, links, invitations, phasePlans: configuredPhases(settings), timings },
    now,
    log,
  );
  const { routes, socket } = createEdges(config, connections, services, commands, log);
  const health = healthRoutes(
    {
      storage: () => records.transaction(async () => {}),
      slack: untilItWorks(slackIdentity),
      ...(socket && { slackSocket: socket.probe }),
      github: untilItWorks(gitHubIdentity),
    },
    config.pager && { pager: pagerProbe(records) },
  );
  const { oauth } = connections;
  const forLinking = linking && oauth ? linkingRoutes({ linking, settings, services, oauth, publicUrl, log }) : [];
  const all = [...routes, ...forLinking, ...health, ...more];
  const server = await serve(all, { host, port, log }).catch(async (error: unknown) => {
    await state.close();
    throw portProblem(error, host, port);
  });
  ownUrl = server.url;
  worker.start(createHandlers(config, connections, services, { commands, paces, log }));
  await records.transaction(async (tx) => {
    await addSweepAfterStart(tx, now());
    await addNextSweep(tx, now());
    await touchAtStart(tx, services);
  });
  await socket?.start();

  for (const { repositories } of settings.channels) {
    for (const repository of repositories)
      void gitHub
        .forRepository(repository)
        .then((client) => client.authenticate())
        .catch(ignoreForNow(log, repository));
  }

  return {
    url: server.url,
    async stop() {
      const startedAt = now();
      await Promise.all([server.close(), socket?.stop()]);
      // A database that fails now keeps nobody from stopping: what was taken is stored, and goes on at the next start.
      await worker.drain(graceMs - (now() - startedAt)).catch((error: unknown) => log.error({ err: error }, "stopping without draining"));
      await worker.stop(0);
      await state.close();
    },
  };
}

interface Edges {
  readonly routes: readonly Route[];
  /** Where Slack speaks to us, instead of a route. */
  readonly socket?: SocketMode;
}

/** Where deliveries come in. */
function createEdges(
  { slack, github, pager, apiTokens: tokens = [], settings }: Config,
  { isUs, slack: client }: Connections,
  services: Services,
  commands: readonly Command[],
  log: Logger,
): Edges {
  const { records, keys, now, secrets } = services;
  const names = commands.map(({ name }) => name);
  const app = createSlackApp({ settings, names, records, keys, slack: client, log, now, botToken: slack.botToken.reveal() });
  const onEvent = createEventIntake({ settings, records, log, now, storeWithinMs });
  const fromGitHub = githubRoute({ secrets: github.webhookSecrets, settings, records, log, now, isUs });
  const forPrograms = [
    eventsRoute({ tokens, services, log }),
    usageRoute({ tokens, services, log }),
    budgetRoute({ tokens, services, log }),
  ];
  const overHttp = [fromGitHub, ...(pager ? [pagerRoute({ pager, records, secrets, log, now })] : []), ...forPrograms];
  if (slack.appToken === undefined)
    return { routes: [slackRoute({ secrets: slack.signingSecrets, log, now, onEvent, next: app.requestListener }), ...overHttp] };

  const access = { apiUrl: slack.apiUrl, appToken: slack.appToken };
  return { routes: overHttp, socket: createSocketMode({ access, onEnvelope: createTakeEnvelope({ onEvent, app, log }), log, now }) };
}

/** What is done with the jobs that deliveries become. */
function createHandlers(
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
    [pageTask]: createPage(services),
    [checkLinkTask]: createCheckLink(services),
    [endedRunTask]: createEndedRun(services),
    [fixRunTask]: createFixRun(services),
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

/** Whoever asks about the repository gets the reason. */
const ignoreForNow = (log: Logger, repository: string) => (error: unknown) =>
  log.debug({ err: error, repository }, "no token for a repository yet");

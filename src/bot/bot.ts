import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { Command } from "../commands/command.ts";
import { commands as table } from "../commands/index.ts";
import { CannotStart, type Config } from "../config/config.ts";
import { secretsOf } from "../config/secrets-of.ts";
import { ServiceError } from "../errors.ts";
import { clearCachesTask, createClearCaches } from "../pipeline/clear-caches.ts";
import { createFollow, createFollowLater, followLaterTask, followTask } from "../pipeline/operations/follow-task.ts";
import { sendTask } from "../pipeline/outbox.ts";
import { addNextSweep, addSweepAfterStart, sweep, sweepTask } from "../pipeline/sweep.ts";
import { openEmbedded } from "../state/embedded/open.ts";
import { pinnedLinks } from "../state/pinned-links.ts";
import { answerTask } from "./delivery.ts";
import { createDispatch } from "./dispatch.ts";
import { githubCaches } from "./github/caches.ts";
import { createGitHub } from "./github/client.ts";
import { githubJobLogs } from "./github/job-logs.ts";
import { githubPermissions } from "./github/permissions.ts";
import { githubPipelines } from "./github/pipelines.ts";
import { githubReactions } from "./github/reactions.ts";
import { githubRoute } from "./github/receiver.ts";
import { githubRedeliveries } from "./github/redeliveries.ts";
import { githubRuns } from "./github/runs.ts";
import { createGitHubSender } from "./github/sender.ts";
import { githubWorkflows } from "./github/workflows.ts";
import { healthRoutes, untilItWorks } from "./health.ts";
import type { Route } from "./http.ts";
import { serve } from "./http-server.ts";
import { createSendHandler } from "./send.ts";
import { createSlackApp } from "./slack/app.ts";
import { createIdentity, createSlackClient } from "./slack/client.ts";
import { slackRoute } from "./slack/guard.ts";
import { createSlackSender } from "./slack/sender.ts";
import { slackWorkspace } from "./slack/workspace.ts";

/** What was taken before a stop is finished within this time or left to the next start. */
const graceMs = 10_000;

/** How many of the jobs that were given up are named in the log at start. */
const mostDeadLetters = 20;

export interface BotExtras {
  /** Routes beside the bot's own. */
  readonly routes?: readonly Route[];
  /** Instead of the bot's own table. */
  readonly commands?: readonly Command[];
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
  { slack, github, host, port, stateFile, settings }: Config,
  log: Logger,
  { routes: more = [], commands = table }: BotExtras = {},
): Promise<Bot> {
  const now = () => Date.now();
  const slackClient = createSlackClient(slack, log);
  const identity = createIdentity(slackClient);
  const gitHub = createGitHub(github, log);
  let ourLogin: string | undefined;
  const whoWeAre = async () => {
    ourLogin = await gitHub.whoWeAre();
  };
  const isUs = (login: string) => login === (ourLogin ?? login);
  await refuseWrongCredentials({ Slack: identity, GitHub: whoWeAre }, log);

  const state = await openEmbedded({ file: stateFile, log }).catch(asProblem);
  const { keys, claims, records, worker, deadLetters } = state;
  const dead = await deadLetters.list(mostDeadLetters);
  if (dead.length > 0) log.error({ dead: dead.map(({ id, error }) => ({ id, error })) }, "jobs were given up");
  const services = {
    pipelines: githubPipelines(gitHub),
    permissions: githubPermissions(gitHub, keys),
    links: pinnedLinks(settings),
    workspace: slackWorkspace(slackClient, identity, keys),
    runs: githubRuns(gitHub),
    workflows: githubWorkflows(gitHub, isUs),
    caches: githubCaches(gitHub),
    jobLogs: githubJobLogs(gitHub),
    redeliveries: githubRedeliveries(gitHub),
    claims,
    keys,
    records,
    now,
    wait: (ms: number) => sleep(ms),
    secrets: secretsOf({ slack, github }),
  };
  const receiver = createSlackApp({
    settings,
    names: commands.map(({ name }) => name),
    records,
    log,
    now,
    botToken: slack.botToken.reveal(),
  });
  const senders = {
    slack: createSlackSender(slackClient, claims, settings.prefix, now),
    github: createGitHubSender(gitHub, settings.prefix),
  };
  const routes = [
    slackRoute({ secrets: slack.signingSecrets, log, now, next: receiver.requestListener }),
    githubRoute({ secrets: github.webhookSecrets, settings, records, log, now, isUs }),
    ...healthRoutes({
      storage: () => records.transaction(async () => {}),
      slack: untilItWorks(identity),
      github: untilItWorks(whoWeAre),
    }),
    ...more,
  ];
  const server = await serve(routes, { host, port, log }).catch(async (error: unknown) => {
    await state.close();
    throw portProblem(error, host, port);
  });
  worker.start({
    [answerTask]: createDispatch({ commands, settings, services, reactions: githubReactions(gitHub, log), log, now }),
    [sendTask]: createSendHandler({ records, senders }),
    [followTask]: createFollow(services),
    [followLaterTask]: createFollowLater(services),
    [clearCachesTask]: createClearCaches(services),
    [sweepTask]: () => sweep({ ...services, log }),
  });
  await records.transaction(async (tx) => {
    await addSweepAfterStart(tx, now());
    await addNextSweep(tx, now());
  });

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
      await server.close();
      // A database that fails now keeps nobody from stopping: what was taken is stored, and goes on at the next start.
      await worker.drain(graceMs - (now() - startedAt)).catch((error: unknown) => log.error({ err: error }, "stopping without draining"));
      await worker.stop(0);
      await state.close();
    },
  };
}

/** Whoever asks about the repository gets the reason. */
const ignoreForNow = (log: Logger, repository: string) => (error: unknown) =>
  log.debug({ err: error, repository }, "no token for a repository yet");

/** Wrong credentials keep us from starting; a service that is merely away does not, `/readyz` says it. */
async function refuseWrongCredentials(checks: Readonly<Record<string, () => Promise<unknown>>>, log: Logger): Promise<void> {
  const problems = await Promise.all(
    Object.entries(checks).map(async ([service, check]) => {
      try {
        await check();
      } catch (error) {
        if (error instanceof ServiceError && !error.retryable) return [`${error.message} Check its variables (docs/configuration.md).`];
        log.warn({ err: error, service }, "a service does not answer at start");
      }
      return [];
    }),
  );
  if (problems.flat().length > 0) throw new CannotStart(problems.flat());
}

function asProblem(error: unknown): never {
  throw error instanceof ServiceError ? new CannotStart([error.message]) : error;
}

function portProblem(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") return new CannotStart([`Port ${port} on ${host} is taken. Stop what uses it, or set PORT to another one.`]);
  if (code === "EACCES") return new CannotStart([`Port ${port} on ${host} may not be used by this account. Set PORT to one above 1023.`]);
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") return new CannotStart([`HOST ${host} is no address of this machine.`]);
  return error;
}

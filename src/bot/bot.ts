import type { Logger } from "pino";
import { createChannels } from "../ai/channels.ts";
import type { Command } from "../commands/command.ts";
import { commands as table } from "../commands/index.ts";
import type { Config } from "../config/config.ts";
import { configuredPhases } from "../config/configured-phases.ts";
import { secretsOf } from "../config/secrets-of.ts";
import type { Channels } from "../pipeline/ai/channel.ts";
import { createRetirements } from "../pipeline/ai/retirements.ts";
import { touchAtStart } from "../pipeline/budgets/touch.ts";
import { type Timings, timings as usualTimings } from "../pipeline/incidents/timings.ts";
import { addNextSweep, addSweepAfterStart } from "../pipeline/sweep.ts";
import { openEmbedded } from "../state/embedded/open.ts";
import { createLinks } from "../state/links.ts";
import { pinnedLinks } from "../state/pinned-links.ts";
import { portProblem, refuseWrongCredentials, stateProblem } from "./cannot-start.ts";
import { connect, createServices } from "./connections.ts";
import { createEdges } from "./edges.ts";
import { createHandlers } from "./handlers.ts";
import { healthRoutes, untilItWorks } from "./health.ts";
import type { Route } from "./http.ts";
import { serve } from "./http-server.ts";
import { createInvitations } from "./linking/invitations.ts";
import { linkingRoutes } from "./linking/routes.ts";
import { loggingFailures } from "./log-failures.ts";
import { logModels } from "./log-models.ts";
import { type Paces, paces as realPaces } from "./paces.ts";
import { pagerProbe } from "./pager/probe.ts";

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
  /** Instead of the models that the configuration names. */
  readonly channels?: Channels;
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
  { routes: more = [], commands = table, paces = realPaces, timings = usualTimings, channels }: BotExtras = {},
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
  const phasePlans = configuredPhases(settings);
  const given = { ...state, links, invitations, phasePlans, timings, channels: channels ?? (await channelsOf(config, now)) };
  const configured = createServices(config, connections, given, now, log);
  const retirements = createRetirements();
  const services = { ...configured, channels: retirements.over(loggingFailures(configured.channels, log)) };
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
  const stopped = new AbortController();
  const looking = logModels(services, retirements, log, stopped.signal);

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
      stopped.abort();
      await Promise.all([server.close(), socket?.stop()]);
      // A database that fails now keeps nobody from stopping: what was taken is stored, and goes on at the next start.
      await worker.drain(graceMs - (now() - startedAt)).catch((error: unknown) => log.error({ err: error }, "stopping without draining"));
      await worker.stop(0);
      // Tools that it runs end with it, and their folders are gone.
      await looking;
      await state.close();
    },
  };
}

/** The models that can be asked; none where there is no key. */
const channelsOf = async (config: Config, now: () => number): Promise<Channels> =>
  config.ai ? createChannels(config.settings.ai, config.ai, { secrets: secretsOf(config), now }) : { of: () => undefined };

/** Whoever asks about the repository gets the reason. */
const ignoreForNow = (log: Logger, repository: string) => (error: unknown) =>
  log.debug({ err: error, repository }, "no token for a repository yet");

import type { Logger } from "pino";
import type { Command } from "../commands/command.ts";
import type { Config } from "../config/config.ts";
import type { Services } from "../services.ts";
import type { Connections } from "./connections.ts";
import { budgetRoute } from "./events/budget-route.ts";
import { eventsRoute } from "./events/route.ts";
import { usageRoute } from "./events/usage-route.ts";
import { githubRoute } from "./github/receiver.ts";
import type { Route } from "./http.ts";
import { pagerRoute } from "./pager/route.ts";
import { createSlackApp } from "./slack/app.ts";
import { storeWithinMs } from "./slack/edge.ts";
import { createEventIntake } from "./slack/event-intake.ts";
import { slackRoute } from "./slack/guard.ts";
import { createSocketMode, type SocketMode } from "./slack/socket/socket-mode.ts";
import { createTakeEnvelope } from "./slack/socket/take-envelope.ts";

export interface Edges {
  readonly routes: readonly Route[];
  /** Where Slack speaks to us, instead of a route. */
  readonly socket?: SocketMode;
}

/** Where deliveries come in. */
export function createEdges(
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

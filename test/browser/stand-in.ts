import { pino } from "pino";
import { serve } from "../../src/bot/http-server.ts";
import { consoleRoutes } from "../../src/sandbox/console/routes.ts";
import { startGitHubSandbox } from "../../src/sandbox/github/github-sandbox.ts";
import { createPrograms } from "../../src/sandbox/money/programs.ts";
import { startPagerSandbox } from "../../src/sandbox/pager/pager-sandbox.ts";
import { startSlackSandbox } from "../../src/sandbox/slack/slack-sandbox.ts";
import { standInBot } from "./stand-in-bot.ts";

const log = pino({ level: "silent" });

/** The console before a bot of three routes, for what the page does by itself. */
export async function startStandIn() {
  const clicks: string[] = [];
  const [slack, github, pager] = await Promise.all([startSlackSandbox(), startGitHubSandbox(), startPagerSandbox()]);
  const programs = createPrograms("no token");
  const start = (port: number) =>
    serve([...standInBot(clicks), ...consoleRoutes(slack, github, pager, programs)], { host: "127.0.0.1", port, log });
  let server = await start(0);
  slack.connect(`${server.url}/slack/events`);
  github.connect(`${server.url}/github/webhooks`);

  return {
    programs,
    slack,
    github,
    pager,
    /** The values of the buttons that the bot heard of. */
    clicks,
    url: server.url,
    stop: () => server.close(),
    async startAgain() {
      server = await start(Number(new URL(server.url).port));
    },
    async close() {
      await server.close();
      await Promise.all([slack.close(), github.close(), pager.close()]);
    },
  };
}

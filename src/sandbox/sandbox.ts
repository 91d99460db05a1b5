import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import type { Route } from "../bot/http.ts";
import type { Config, SandboxConfig } from "../config/config.ts";
import type { Settings } from "../config/settings.ts";
import type { GitHubAccount } from "../pipeline/access.ts";
import { emptyBook, type PriceBook } from "../pipeline/usage/price-book.ts";
import { Secret } from "../secret.ts";
import { type Answering, type ScriptedModels, scriptedPrice, startScriptedModels } from "./ai/scripted.ts";
import { consoleRoutes } from "./console/routes.ts";
import { type GitHubSandbox, startGitHubSandbox } from "./github/github-sandbox.ts";
import { createPrograms, type Programs } from "./money/programs.ts";
import { type PagerSandbox, startPagerSandbox } from "./pager/pager-sandbox.ts";
import { type SlackSandbox, startSlackSandbox } from "./slack/slack-sandbox.ts";

export interface Sandbox {
  readonly slack: SlackSandbox;
  readonly github: GitHubSandbox;
  readonly pager: PagerSandbox;
  /** Absent where no model can be asked. */
  readonly models?: ScriptedModels;
  /** They tell the bot what they spend. */
  readonly programs: Programs;
  /** Lets programs in at `/v1/events` and `/v1/usage`. */
  readonly apiToken: string;
  /** Makes the real bot talk to this sandbox. */
  readonly config: Config;
  /** The web console. */
  readonly routes: readonly Route[];
  /** Sends deliveries to the bot from now on. */
  connect(botUrl: string): void;
  close(): Promise<void>;
}

export interface SandboxOptions {
  /** Added to every call of the bot. */
  readonly latencyMs?: number;
  /** Slack speaks to the bot by Socket Mode instead of HTTP. */
  readonly socketMode?: boolean;
  /** Models can be asked: they say what the sandbox's own scripts say, or what this does. */
  readonly models?: true | Answering;
}

const fixedApiToken = "sandbox-token-that-is-no-secret-at-all";

/** Starts an emulated Slack, GitHub and pager on loopback, each on a port of its own. */
export async function startSandbox(
  config: SandboxConfig,
  { latencyMs = 0, socketMode = false, models: scripts }: SandboxOptions = {},
): Promise<Sandbox> {
  await removeState(config.stateFile);
  const { apiTokens = [new Secret(fixedApiToken)] } = config;
  const [slack, github, pager, models] = await Promise.all([
    startSlackSandbox({ latencyMs, socketMode }),
    startGitHubSandbox({ latencyMs }),
    startPagerSandbox({ latencyMs }),
    scripts && startScriptedModels(config.ai?.path ?? "", scripts === true ? undefined : scripts),
  ]);

  const apiToken = apiTokens[0]?.reveal() ?? fixedApiToken;
  const programs = createPrograms(apiToken);

  return {
    slack,
    github,
    pager,
    ...(models && { models }),
    programs,
    apiToken,
    config: {
      ...config,
      ...models?.config,
      slack: {
        apiUrl: slack.url,
        botToken: new Secret(slack.botToken),
        ...(socketMode
          ? { signingSecrets: [], appToken: new Secret(slack.appToken) }
          : { signingSecrets: [new Secret(slack.signingSecret)] }),
      },
      github: {
        apiUrl: github.url,
        credentials: { appId: github.app.id, privateKey: new Secret(github.app.privateKey) },
        webhookSecrets: [new Secret(github.app.webhookSecret)],
      },
      linking: {
        clientId: github.oauth.clientId,
        clientSecret: new Secret(github.oauth.clientSecret),
        stateSecrets: [new Secret(randomBytes(32).toString("hex"))],
      },
      pager: { kind: "pagerduty", url: pager.url, routingKey: new Secret(pager.routingKey), secrets: [new Secret(pager.secret)] },
      apiTokens,
      ...(models && { priceBook: withScripted(config.priceBook) }),
      settings: { ...config.settings, ...seededSettings(slack, github), ...(models && { ai: ofScripts(config.settings.ai, models) }) },
    },
    routes: consoleRoutes(slack, github, pager, programs, models),
    connect(botUrl) {
      slack.connect(`${botUrl}/slack/events`);
      github.connect(`${botUrl}/github/webhooks`);
      pager.connect(`${botUrl}/v1/pager`);
      programs.connect(botUrl);
      github.registerCallback(`${botUrl}/github/oauth/callback`);
    },
    async close() {
      await Promise.all([slack.close(), github.close(), pager.close(), models?.close()]);
      await removeState(config.stateFile);
    },
  };
}

/** Comments are numbered anew in every sandbox: with the state of an earlier one the bot would take them for known. */
async function removeState(file: string): Promise<void> {
  await Promise.all(["", "-wal", "-shm"].map((suffix) => rm(`${file}${suffix}`, { force: true }).catch(() => {})));
}

/** #ci speaks of the seeded repository; Ada, Grace and Ravi are linked, Uma is not. */
function seededSettings(slack: SlackSandbox, github: GitHubSandbox): Pick<Settings, "channels" | "links"> {
  return {
    channels: [{ id: slack.channels.ci.id, repositories: [github.repository] }],
    links: [
      { slack: slack.people.ada.id, github: accountOf(github.people.ada) },
      { slack: slack.people.grace.id, github: accountOf(github.people.grace) },
      { slack: slack.people.ravi.id, github: accountOf(github.people.ravi) },
    ],
  };
}

const ofScripts = (ai: Settings["ai"], models: ScriptedModels): Settings["ai"] => ({ ...ai, channels: models.channels(ai.channels) });

const withScripted = (book: PriceBook = emptyBook): PriceBook => ({ ...book, models: [...book.models, scriptedPrice] });

const accountOf = ({ id, login }: GitHubAccount): GitHubAccount => ({ id, login });

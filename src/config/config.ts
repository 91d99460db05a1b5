import { join } from "node:path";
import type { KnownIssues } from "../pipeline/known-issues/known-issues.ts";
import type { PriceBook } from "../pipeline/usage/price-book.ts";
import type { Secret } from "../secret.ts";
import { CannotStart } from "./cannot-start.ts";
import { type Environment, readEnvironment } from "./environment.ts";
import { missingForPager, type PagerConfig, toPager } from "./pager.ts";
import { type Present, presentIn, stateFileIn } from "./present.ts";
import { knownIssuesPath, readKnownIssues } from "./read-known-issues.ts";
import { priceBookPath, readPriceBook } from "./read-price-book.ts";
import { readSettings } from "./read-settings.ts";
import type { Settings } from "./settings.ts";
import { toAi } from "./to-ai.ts";

export interface SlackConfig {
  readonly apiUrl: string;
  readonly botToken: Secret;
  readonly signingSecrets: readonly Secret[];
  /** With it, Slack speaks to us by Socket Mode only. */
  readonly appToken?: Secret;
}

export interface GitHubConfig {
  readonly apiUrl: string;
  readonly credentials: { readonly appId: string; readonly privateKey: Secret } | { readonly token: Secret };
  readonly webhookSecrets: readonly Secret[];
}

/** How people link themselves. */
export interface LinkingConfig {
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** The first one signs, all are good. */
  readonly stateSecrets: readonly Secret[];
  /** The bot's public address without a slash at its end; where it listens when absent. */
  readonly url?: string;
}

/** How models are asked; each absent where there is no key for it. */
export interface AiConfig {
  /** The folders in which programs are looked for, as in `PATH`. */
  readonly path: string;
  /** All that programs are given of our variables besides: how they get out of here. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly openai?: { readonly apiKey: Secret; readonly endpoint: string };
  readonly gemini?: { readonly apiKey: Secret; readonly baseUrl: string };
  /** Without a key Claude Code asks by the login that it keeps in that folder. */
  readonly claude?: { readonly apiKey?: Secret; readonly configDir?: string; readonly baseUrl: string };
}

/** What the bot needs to run; the sandbox brings its own credentials. */
export interface Config {
  readonly slack: SlackConfig;
  readonly github: GitHubConfig;
  /** Absent where a maintainer links people. */
  readonly linking?: LinkingConfig;
  /** Absent where nobody is paged. */
  readonly pager?: PagerConfig;
  /** Nobody is asked anything when absent. */
  readonly ai?: AiConfig;
  /** Any of them lets a program in; absent where none is. */
  readonly apiTokens?: readonly Secret[];
  readonly host: string;
  readonly port: number;
  /** The SQLite file that holds all state. */
  readonly stateFile: string;
  readonly logLevel: LogLevel;
  readonly settings: Settings;
  /** Those that come with the bot when absent. */
  readonly knownIssues?: KnownIssues;
  /** Nothing has a price or a budget when absent. */
  readonly priceBook?: PriceBook;
}

/** No credentials were given: everything but the credentials. */
export interface SandboxConfig extends Omit<Config, "slack" | "github" | "linking" | "pager"> {
  readonly slack?: undefined;
}

export type LogLevel = NonNullable<Environment["LOG_LEVEL"]>;

/**
 * Reads environment and settings file together.
 *
 * @throws CannotStart listing all that is missing or wrong at once
 */
export function readConfig(variables: NodeJS.ProcessEnv): Config | SandboxConfig {
  const present = presentIn(variables);
  const mode = wantsSandbox(present) ? "sandbox" : "live";
  const read = readEnvironment(present);
  const file = readSettings(present.NEXTRUST_CONFIG);
  const issues = readKnownIssues(knownIssuesPath(present.NEXTRUST_CONFIG));
  const prices = readPriceBook(priceBookPath(present.NEXTRUST_CONFIG));

  const problems = [
    ...(mode === "live" ? missing(present) : exposed(present)),
    ...("problems" in read ? read.problems : []),
    ...stateProblems(present),
    ...("problems" in file ? file.problems : mode === "live" ? missingForPager(file.settings.pager, present) : []),
    ...("problems" in issues ? issues.problems : []),
    ...("problems" in prices ? prices.problems : []),
  ];
  if (problems.length > 0 || "problems" in read || "problems" in file || "problems" in issues || "problems" in prices)
    throw new CannotStart(problems);

  const { environment } = read;
  const { HOST: host, PORT: port, NEXTRUST_DATA_DIR: dataDir, NEXTRUST_API_TOKEN: apiTokens, LOG_LEVEL: logLevel } = environment;
  const { knownIssues } = issues;
  const { priceBook } = prices;
  const common = {
    host,
    port,
    settings: file.settings,
    knownIssues,
    priceBook,
    ai: toAi(environment, file.settings, present),
    ...(apiTokens && { apiTokens }),
  };
  // A sandbox starts anew each time, and its one line for the person should not drown in the log.
  if (mode === "sandbox") return { ...common, stateFile: join(dataDir, `sandbox-${process.pid}.db`), logLevel: logLevel ?? "warn" };
  return {
    ...common,
    slack: toSlack(environment),
    github: toGitHub(environment),
    ...toLinking(environment),
    ...toPager(file.settings.pager, environment),
    stateFile: stateFileOf(environment),
    logLevel: logLevel ?? "info",
  };
}

/** Where a bot with credentials keeps its state. */
export const stateFileOf = ({ NEXTRUST_DATA_DIR }: Environment): string => stateFileIn(NEXTRUST_DATA_DIR);

const slackVariables = ["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN"];
const gitHubVariables = [
  "GITHUB_APP_ID",
  "GITHUB_PRIVATE_KEY",
  "GITHUB_TOKEN",
  "GITHUB_WEBHOOK_SECRET",
  "GITHUB_CLIENT_ID",
  "GITHUB_CLIENT_SECRET",
];

function wantsSandbox(present: Present): boolean {
  return present.NODE_ENV !== "production" && [...slackVariables, ...gitHubVariables].every((name) => !present[name]);
}

/** What a live bot needs and does not find. Asked of the raw variables, so that a wrong one is not called missing too. */
function missing(present: Present): string[] {
  const app = present.GITHUB_APP_ID ?? present.GITHUB_PRIVATE_KEY;
  const checks: readonly (readonly [boolean, string])[] = [
    [!present.SLACK_BOT_TOKEN, "SLACK_BOT_TOKEN is missing: the bot token (xoxb-…) of your Slack app, under OAuth & Permissions."],
    [
      !present.SLACK_SIGNING_SECRET && !present.SLACK_APP_TOKEN,
      "SLACK_SIGNING_SECRET is missing: your Slack app's signing secret, under Basic Information. (With SLACK_APP_TOKEN, for Socket Mode, it is not needed.)",
    ],
    [!present.GITHUB_WEBHOOK_SECRET, "GITHUB_WEBHOOK_SECRET is missing: the secret of the GitHub webhook."],
    [!app && !present.GITHUB_TOKEN, "GITHUB_APP_ID and GITHUB_PRIVATE_KEY (or GITHUB_TOKEN) are missing: how the bot acts on GitHub."],
    [Boolean(app) && !present.GITHUB_APP_ID, "GITHUB_APP_ID is missing although GITHUB_PRIVATE_KEY is set."],
    [Boolean(app) && !present.GITHUB_PRIVATE_KEY, "GITHUB_PRIVATE_KEY is missing although GITHUB_APP_ID is set."],
    ...missingForLinking(present),
  ];
  return checks.filter(([isMissing]) => isMissing).map(([, sentence]) => sentence);
}

function missingForLinking({ GITHUB_CLIENT_ID: id, GITHUB_CLIENT_SECRET: secret, ...present }: Present): [boolean, string][] {
  const isOn = Boolean(id && secret);
  return [
    [Boolean(id) && !secret, "GITHUB_CLIENT_SECRET is missing although GITHUB_CLIENT_ID is set."],
    [Boolean(secret) && !id, "GITHUB_CLIENT_ID is missing although GITHUB_CLIENT_SECRET is set."],
    [isOn && !present.NEXTRUST_SECRET, "NEXTRUST_SECRET is missing: linking needs it to sign its steps, as by openssl rand -hex 32."],
    [isOn && !present.NEXTRUST_URL, "NEXTRUST_URL is missing: linking needs the bot's public address, to which GitHub sends people back."],
  ];
}

function exposed({ HOST }: Present): string[] {
  if (!HOST || ["localhost", "127.0.0.1", "::1"].includes(HOST)) return [];
  return [`HOST is ${HOST}, but everyone who reaches the sandbox can act as anyone in it: it listens on this machine only. Unset HOST.`];
}

function stateProblems({ REDIS_URL, DATABASE_URL }: Present): string[] {
  if (!REDIS_URL && !DATABASE_URL) return [];
  if (REDIS_URL && DATABASE_URL)
    return ["REDIS_URL and DATABASE_URL are set, but this version keeps its state in one SQLite file only: unset both."];
  const absent = REDIS_URL ? "DATABASE_URL" : "REDIS_URL";
  return [`${absent} is missing: several machines need both REDIS_URL and DATABASE_URL, one machine needs neither.`];
}

function toSlack(env: Environment): SlackConfig {
  return {
    apiUrl: env.SLACK_API_URL,
    botToken: env.SLACK_BOT_TOKEN as Secret,
    signingSecrets: env.SLACK_SIGNING_SECRET ?? [],
    ...(env.SLACK_APP_TOKEN && { appToken: env.SLACK_APP_TOKEN }),
  };
}

function toGitHub(env: Environment): GitHubConfig {
  const credentials =
    env.GITHUB_APP_ID && env.GITHUB_PRIVATE_KEY
      ? { appId: env.GITHUB_APP_ID, privateKey: env.GITHUB_PRIVATE_KEY }
      : { token: env.GITHUB_TOKEN as Secret };
  return { apiUrl: env.GITHUB_API_URL, credentials, webhookSecrets: env.GITHUB_WEBHOOK_SECRET ?? [] };
}

function toLinking(env: Environment): Pick<Config, "linking"> {
  const { GITHUB_CLIENT_ID: clientId, GITHUB_CLIENT_SECRET: clientSecret, NEXTRUST_SECRET: stateSecrets, NEXTRUST_URL: url } = env;
  if (!clientId || !clientSecret || !stateSecrets || !url) return {};
  return { linking: { clientId, clientSecret, stateSecrets, url } };
}

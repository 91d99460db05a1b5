import { createPrivateKey } from "node:crypto";
import { z } from "zod";
import { Secret } from "../secret.ts";
import { type Present, usualDataDir } from "./present.ts";
import { isPrivateOnTheWay } from "./words.ts";

const url = (fallback: string) => z.url({ protocol: /^https?$/, error: "is not an http(s) URL" }).default(fallback);
const secret = z.string().transform((value) => new Secret(value));
/** Several values while a secret is being rotated: any of them is good. */
const rotatingSecrets = z
  .string()
  .transform((value) =>
    value
      .split(",")
      .map((each) => each.trim())
      .filter((each) => each !== "")
      .map((each) => new Secret(each)),
  )
  .refine((secrets) => secrets.length > 0, "holds no secret");

/** Who can guess it can pretend to be anybody. */
const shortestOwnSecret = 32;

/** Secrets that are not another service's, but made for us. */
const ownSecrets = rotatingSecrets.refine(
  (secrets) => secrets.every((each) => each.reveal().length >= shortestOwnSecret),
  `is too short: at least ${shortestOwnSecret} characters, as by openssl rand -hex 32`,
);

/** A PEM may come with its line ends written as `\n`, because many secret stores keep one line only. */
const privateKey = z
  .string()
  .transform((value) => value.replaceAll("\\n", "\n"))
  .refine(isPrivateKey, "is not a PEM private key")
  .transform((value) => new Secret(value));

/** What a variable means and, where the schema has no default, what happens without it: docs/configuration.md is generated from it. */
const means = (description: string, unset?: string) => ({ description, ...(unset !== undefined && { unset }) });

export const Environment = z.object({
  NODE_ENV: z.string().optional().meta(means("`production` never starts the sandbox: what is missing is listed instead")),
  SLACK_BOT_TOKEN: secret.optional().meta(means("bot token (`xoxb-…`) of the Slack app")),
  SLACK_SIGNING_SECRET: rotatingSecrets
    .optional()
    .meta(means("verifies Slack's requests; several, separated by commas, while it is rotated; not needed with `SLACK_APP_TOKEN`")),
  SLACK_APP_TOKEN: z
    .string()
    .startsWith("xapp-", "is not an app-level token (xapp-…)")
    .transform((value) => new Secret(value))
    .optional()
    .meta(means("app-level token (`xapp-…`): [Socket Mode](slack-app.md#socket-mode) instead of HTTP")),
  SLACK_API_URL: url("https://slack.com/api/").meta(means("Slack's API")),
  GITHUB_APP_ID: z
    .string()
    .regex(/^\d+$/, "is not a number")
    .optional()
    .meta(means("the number of the GitHub App; it goes with `GITHUB_PRIVATE_KEY`")),
  GITHUB_PRIVATE_KEY: privateKey.optional().meta(means("private key (PEM) of the GitHub App; its line ends may be written as `\\n`")),
  GITHUB_TOKEN: secret
    .optional()
    .meta(means("a classic personal access token instead of an App ([what is then missing](github-app.md#a-token-instead-of-an-app))")),
  GITHUB_WEBHOOK_SECRET: rotatingSecrets
    .optional()
    .meta(means("verifies GitHub's deliveries; several, separated by commas, while it is rotated")),
  GITHUB_CLIENT_ID: z
    .string()
    .optional()
    .meta(
      means(
        "client id of the GitHub App: with it people [link themselves](permissions.md#linking-by-oneself)",
        "a maintainer links people",
      ),
    ),
  GITHUB_CLIENT_SECRET: secret.optional().meta(means("a client secret of the GitHub App; it goes with `GITHUB_CLIENT_ID`")),
  GITHUB_API_URL: url("https://api.github.com").meta(means("GitHub's API; `https://HOST/api/v3` for GitHub Enterprise Server")),
  NEXTRUST_URL: z
    .url({ protocol: /^https?$/, error: "is not an http(s) URL" })
    .refine(isPrivateOnTheWay, "has to be https: what passes there decides who is who")
    .transform((value) => value.replace(/\/+$/, ""))
    .optional()
    .meta(
      means(
        "the bot's public address; linking needs it. In a terminal, with `NEXTRUST_API_TOKEN`: the bot that is [asked](usage-report.md)",
        "in the sandbox where it listens",
      ),
    ),
  NEXTRUST_SECRET: ownSecrets
    .optional()
    .meta(
      means(
        `signs the steps of linking (at least ${shortestOwnSecret} characters); several, separated by commas, while it is rotated: the first one signs`,
      ),
    ),
  NEXTRUST_API_TOKEN: ownSecrets
    .refine((secrets) => secrets.every((each) => /^[\x21-\x7e]+$/.test(each.reveal())), "holds what no header can: use letters and digits")
    .optional()
    .meta(
      means(
        `lets programs tell and ask [what was spent](events.md) (at least ${shortestOwnSecret} characters); several, separated by commas, while it is rotated`,
        "nobody is let in; the sandbox brings its own",
      ),
    ),
  PAGER_ROUTING_KEY: secret
    .optional()
    .meta(means("the integration key of PagerDuty's Events API v2, where `pager` of the settings is PagerDuty")),
  PAGER_SECRET: rotatingSecrets
    .optional()
    .meta(
      means(
        "verifies what the pager sends ([pager](pager.md)), and signs what a `webhook` is sent; several, separated by commas, while it is rotated: the first one signs",
      ),
    ),
  OPENAI_API_KEY: secret.optional().meta(means("key of OpenAI's API, for the channel `o3` ([AI](ai.md))", "nobody helps with designs")),
  O3_ENDPOINT: url("https://api.openai.com/v1").meta(means("OpenAI's API, or one that speaks as it does; it ends in `/v1` as a rule")),
  GEMINI_API_KEY: secret
    .optional()
    .meta(means("key of the Gemini API, for the channel `gemini`, also through the Gemini CLI", "nobody reviews")),
  GEMINI_BASE_URL: url("https://generativelanguage.googleapis.com").meta(means("the Gemini API")),
  ANTHROPIC_API_KEY: secret
    .optional()
    .meta(means("key of Anthropic's API, for Claude Code as the channel `claude`", "Claude Code's own login, where it has one")),
  ANTHROPIC_BASE_URL: url("https://api.anthropic.com").meta(means("Anthropic's API")),
  CLAUDE_CONFIG_DIR: z
    .string()
    .optional()
    .meta(means("where Claude Code keeps its login, for `ai.channels.claude.login` ([AI](ai.md#programs-that-ask-models))", "`~/.claude`")),
  HTTPS_PROXY: secret
    .optional()
    .meta(means("the proxy by which programs that ask models reach them; they are given it ([AI](ai.md#programs-that-ask-models))")),
  NO_PROXY: z.string().optional().meta(means("the hosts that they reach without it")),
  NODE_EXTRA_CA_CERTS: z.string().optional().meta(means("a file of certificates that they trust besides")),
  REDIS_URL: z
    .string()
    .optional()
    .meta(means("for state shared between machines, which is not part of this version: the bot refuses to start with it")),
  DATABASE_URL: z.string().optional().meta(means("as `REDIS_URL`")),
  NEXTRUST_DATA_DIR: z
    .string()
    .default(usualDataDir)
    .meta(means("the folder of the SQLite file that holds all state; keep it on a disk that lasts")),
  NEXTRUST_CONFIG: z
    .string()
    .optional()
    .meta(
      means(
        "the settings file; beside it may stand the [known issues](known-issues.md) and the [prices](prices.md)",
        "`config/nextrust.yml`, if it is there",
      ),
    ),
  HOST: z.string().default("127.0.0.1").meta(means("the address to listen on; the sandbox takes none but this machine's own")),
  PORT: z.coerce
    .number({ error: "is not a number" })
    .int("is not a whole number")
    .min(0, "is not a port")
    .max(65_535, "is not a port")
    .default(3000)
    .meta(means("the port to listen on; with 0 any free one")),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], {
      error: "is none of fatal, error, warn, info, debug, trace, silent",
    })
    .optional()
    .meta(means("the least that is logged: fatal, error, warn, info, debug, trace or silent", "`info`, in the sandbox `warn`")),
});
export type Environment = z.infer<typeof Environment>;

/** @returns the environment, or one sentence for each variable that is wrong */
export function readEnvironment(present: Present): { environment: Environment } | { problems: string[] } {
  const parsed = Environment.safeParse(present);
  if (parsed.success) return { environment: parsed.data };
  return { problems: parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}.`) };
}

function isPrivateKey(pem: string): boolean {
  try {
    createPrivateKey(pem);
    return true;
  } catch {
    return false;
  }
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Bot, startBot } from "../../src/bot/bot.ts";
import type { Command } from "../../src/commands/command.ts";
import type { AiConfig } from "../../src/config/config.ts";
import { Settings } from "../../src/config/settings.ts";
import { createLog } from "../../src/log.ts";
import type { Channels } from "../../src/pipeline/ai/channel.ts";
import type { Timings } from "../../src/pipeline/incidents/timings.ts";
import type { PriceBook } from "../../src/pipeline/usage/price-book.ts";
import { type ScriptedModels, scriptedPrice } from "../../src/sandbox/ai/scripted.ts";
import type { GitHubSandbox } from "../../src/sandbox/github/github-sandbox.ts";
import type { PagerSandbox } from "../../src/sandbox/pager/pager-sandbox.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/sandbox.ts";
import type { SeenMessage } from "../../src/sandbox/slack/seen-message.ts";
import type { SlackSandbox } from "../../src/sandbox/slack/slack-sandbox.ts";
import { watchContracts } from "../contracts/watch.ts";
import { eventually } from "../eventually.ts";
import { layState } from "../migrated-state.ts";

export interface World {
  readonly slack: SlackSandbox;
  readonly github: GitHubSandbox;
  readonly pager: PagerSandbox;
  readonly bot: Bot;
  /** Absent unless asked for. */
  readonly models: ScriptedModels | undefined;
  readonly stateFile: string;
  readonly apiToken: string;
  /** Everything the bot logged, as one text. */
  log(): string;
  /** Types `/ci <text>` and waits for the answer, which it gives as one text. */
  ask(as: Who, text: string, channel?: "ci" | "random" | "partners"): Promise<string>;
  /** Comments and waits for the bot's comment, which it gives as written. */
  comment(as: string, number: number, body: string): Promise<string>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

export type Who = "ada" | "grace" | "ravi" | "uma" | "gil" | "fay";

export interface WorldOptions {
  /** Changes to the sandbox's settings. */
  readonly settings?: (sandbox: Sandbox) => Partial<Settings>;
  readonly commands?: readonly Command[];
  readonly latencyMs?: number;
  /** Slack speaks to the bot by Socket Mode instead of HTTP. */
  readonly socketMode?: boolean;
  /** Instead of one that knows no model and no budget. */
  readonly priceBook?: PriceBook;
  /** Instead of how long things take around incidents. */
  readonly timings?: Timings;
  /** Instead of nobody who can be asked. */
  readonly channels?: Channels;
  /** Models can be asked, by the real adapters: they say what the sandbox's own scripts say, or what this does. */
  readonly models?: SandboxOptions["models"];
  /** Changes to how they are asked. */
  readonly ai?: Partial<AiConfig>;
}

/** Many times faster than Slack and GitHub ask for, so that no scenario waits; the senders' own tests keep the real paces. */
const fastPaces = { slackMs: 10, githubMs: 10 };

/** The real bot on the sandbox, over HTTP with signatures unless told, with state of its own. */
export async function startWorld({
  settings = () => ({}),
  commands,
  latencyMs = 0,
  socketMode = false,
  timings,
  priceBook,
  channels,
  models,
  ai,
}: WorldOptions = {}): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), "nextrust-"));
  const base = {
    host: "127.0.0.1",
    port: 0,
    stateFile: join(folder, "state.db"),
    logLevel: "debug",
    settings: Settings.parse({}),
  } as const;
  const sandbox = await startSandbox(base, { latencyMs, socketMode, ...(models && { models }) });
  await layState(base.stateFile);
  const violations = await watchContracts(sandbox);
  const lines: string[] = [];
  const log = createLog("trace", { write: (line: string) => void lines.push(line) });
  const config = {
    ...sandbox.config,
    ...(priceBook && { priceBook: withScripts(priceBook, sandbox) }),
    ...(sandbox.config.ai && { ai: { ...sandbox.config.ai, ...ai } }),
    settings: { ...sandbox.config.settings, ...settings(sandbox) },
  };
  const start = () =>
    startBot(config, log, { ...(commands && { commands }), ...(timings && { timings }), ...(channels && { channels }), paces: fastPaces });
  let bot = await start();
  sandbox.connect(bot.url);
  // The bot gets a token in the background; tests that count calls begin after it.
  await eventually(() => sandbox.github.calls().some(({ name }) => name.endsWith("/access_tokens")));

  return {
    slack: sandbox.slack,
    github: sandbox.github,
    pager: sandbox.pager,
    get bot() {
      return bot;
    },
    models: sandbox.models,
    stateFile: base.stateFile,
    apiToken: sandbox.apiToken,
    log: () => lines.join(""),
    ask: (as, text, channel = "ci") => ask(sandbox, as, text, channel),
    comment: (as, number, body) => comment(sandbox, as, number, body),
    async restart() {
      await bot.stop();
      bot = await start();
      sandbox.connect(bot.url);
    },
    async close() {
      await bot.stop();
      await sandbox.close();
      await rm(folder, { recursive: true });
      violations.fail();
    },
  };
}

async function ask({ slack }: Sandbox, as: Who, text: string, channel: "ci" | "random" | "partners"): Promise<string> {
  const before = slack.transcript(channel, as).length;
  const { shown } = await slack.slash({ as, channel, text });
  // Neither what the acknowledgement says nor what the channel is told besides is the answer.
  const isAnswer = ({ id, visibleTo, blocks }: SeenMessage) =>
    id !== shown?.id && (visibleTo !== undefined || wordsIn(blocks).includes(" asked /"));
  const answer = await eventually(() => slack.transcript(channel, as).slice(before).find(isAnswer));
  return wordsIn(answer.blocks);
}

async function comment({ github }: Sandbox, as: string, number: number, body: string): Promise<string> {
  const before = new Set((await github.comments(number)).map(({ id }) => id));
  await github.comment(as, number, body);
  return (
    await eventually(async () => (await github.comments(number)).find(({ id, author }) => !before.has(id) && author === github.bot.login))
  ).body;
}

/** Every text in a Slack message, in order. */
export function wordsIn(blocks: unknown): string {
  if (Array.isArray(blocks)) return blocks.map(wordsIn).join("");
  if (typeof blocks !== "object" || blocks === null) return "";
  if ("text" in blocks && typeof blocks.text === "string") return `${blocks.text}\n`;
  return Object.values(blocks).map(wordsIn).join("");
}

const withScripts = (book: PriceBook, { models }: Sandbox): PriceBook =>
  models ? { ...book, models: [...book.models, scriptedPrice] } : book;

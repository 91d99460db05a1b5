import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { type Bot, startBot } from "../../src/bot/bot.ts";
import { replyMarker } from "../../src/bot/render/marker.ts";
import { readConfig } from "../../src/config/config.ts";
import { Settings } from "../../src/config/settings.ts";
import { createLog } from "../../src/log.ts";
import type { GitHubSandbox } from "../../src/sandbox/github/github-sandbox.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import type { SlackSandbox } from "../../src/sandbox/slack/slack-sandbox.ts";
import { type BotProcess, environmentOf, startBotProcess } from "../bot-process.ts";
import { eventually } from "../eventually.ts";
import { layState } from "../migrated-state.ts";

/** Whether the call that a bot dies at is still carried out; its answer is heard by nobody either way. */
export type Fate = "carried out" | "not carried out";

/** A sandbox and the real bot on it as a process of its own, with state of its own. */
export interface Killable {
  readonly github: GitHubSandbox;
  readonly slack: SlackSandbox;
  /** Starts the bot, anew or one more on the same state, and sends deliveries to it from now on. */
  start(): Promise<BotProcess>;
  /** Starts a bot that nobody kills, on what the dead one left: in this process, because another one takes half a second of CPU to begin. */
  restart(): Promise<void>;
  /** Kills the bot in the very moment in which GitHub gets the next call of that name. */
  killAt(call: RegExp, fate: Fate): Promise<void>;
  /** Kills every process; what runs in this one is stopped. */
  kill(): Promise<void>;
  /** The bot's database, read or changed behind its back. */
  query(sql: string): unknown[];
  /** The bot's comments that answer this comment, without what breaks mentions. */
  replies(thread: number, commentId: number): Promise<string[]>;
  /** Waits until it is so, and looks only when something happened on GitHub: a look takes a millisecond, and the waiting most of a minute. */
  seen(isSo: () => Promise<boolean>, withinMs?: number): Promise<void>;
  /** Waits until one of them says it. */
  told(thread: number, commentId: number, words: RegExp): Promise<void>;
  /** How many calls of that name GitHub carried out. */
  countDone(call: RegExp): number;
  close(): Promise<void>;
}

/** The leases of a dead bot's job, wish and message end one after the other, and the machine may be busy. */
const toldWithinMs = 60_000;
/** Most of a play is waiting for a lease to end. */
const worldsAtOnce = 7;
/** Seldom, because many worlds are looked at by one process. */
const lookEveryMs = 100;
const lookAnywayAfterMs = 1_000;

const phases = [{ repository: "nextrust/nextrust", phases: ["phase-1", "phase-2", "phase-3"].map((id) => ({ id, name: `The ${id}` })) }];

export async function startKillable({ latencyMs = 0 }: { latencyMs?: number } = {}): Promise<Killable> {
  const folder = await mkdtemp(join(tmpdir(), "nextrust-kill-"));
  const base = {
    host: "127.0.0.1",
    port: 0,
    stateFile: join(folder, "unused.db"),
    logLevel: "warn",
    settings: Settings.parse({ cooldownSeconds: 0, phases }),
  } as const;
  const [sandbox] = await Promise.all([startSandbox(base, { latencyMs }), layState(join(folder, "nextrust.db"))]);
  const { github, slack } = sandbox;
  const environment = { ...(await environmentOf(sandbox, folder)), LOG_LEVEL: "warn" as const };
  const running: BotProcess[] = [];
  let last: Bot | undefined;

  async function kill(): Promise<void> {
    const ours = last;
    last = undefined;
    await Promise.all([...running.splice(0).map((bot) => bot.kill()), ours?.stop()]);
  }

  async function replies(thread: number, commentId: number): Promise<string[]> {
    const marker = replyMarker(`reply:github:comment:${commentId}`);
    const comments = await github.comments(thread);
    const ours = comments.filter(({ author, body }) => author === github.bot.login && body.includes(marker));
    return ours.map(({ body }) => body.replaceAll("\u200b", ""));
  }

  async function seen(isSo: () => Promise<boolean>, withinMs = toldWithinMs): Promise<void> {
    let nextAt = 0;
    const stop = github.onChange(() => {
      nextAt = 0;
    });
    const look = async () => {
      await sleep(lookEveryMs);
      if (Date.now() < nextAt) return false;
      nextAt = Date.now() + lookAnywayAfterMs;
      return isSo();
    };
    await eventually(look, withinMs).finally(stop);
  }

  return {
    github,
    slack,
    async start() {
      const bot = await startBotProcess(environment);
      running.push(bot);
      sandbox.connect(bot.url);
      return bot;
    },
    async restart() {
      const config = readConfig(environment);
      if (!config.slack) throw new Error("The environment lacks credentials.");
      last = await startBot(config, createLog("fatal"));
      sandbox.connect(last.url);
    },
    async killAt(call, fate) {
      const since = github.calls().length;
      if (fate === "not carried out") github.fail(call, "drop-before");
      let dead: Promise<void> | undefined;
      // The sandbox tells of a call before it answers, so the bot never hears how the call went.
      const stop = github.onChange(() => {
        if (
          !dead &&
          github
            .calls()
            .slice(since)
            .some(({ name }) => call.test(name))
        )
          dead = kill();
      });
      await eventually(() => dead !== undefined);
      stop();
      await dead;
      github.clearFaults();
    },
    kill,
    query(sql) {
      const database = new DatabaseSync(join(folder, "nextrust.db"), { timeout: 5_000 });
      try {
        return database.prepare(sql).all();
      } finally {
        database.close();
      }
    },
    replies,
    seen,
    async told(thread, commentId, words) {
      const isTold = async () => (await replies(thread, commentId)).some((body) => words.test(body));
      await seen(isTold).catch(async () => {
        throw new Error(`Nothing said ${words}, but: ${await replies(thread, commentId)}`);
      });
    },
    countDone: (call) => github.calls().filter(({ name, status = 500 }) => call.test(name) && status < 300).length,
    async close() {
      await kill();
      await sandbox.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Begins a play for each row, a few at a time, and gives what comes of each. */
function playAll<Row>(rows: readonly Row[], atOnce: number, play: (row: Row) => Promise<void>): (row: Row) => Promise<void> {
  const plays = new Map<Row, PromiseWithResolvers<void>>(rows.map((row) => [row, Promise.withResolvers<void>()]));
  const left = [...rows];
  const next = async (): Promise<void> => {
    const row = left.shift();
    if (row === undefined) return;
    const { promise, resolve, reject } = plays.get(row) as PromiseWithResolvers<void>;
    promise.catch(() => {}); // It is told to whoever asks for the row.
    await play(row).then(resolve, reject);
    await next();
  };
  for (let lane = 0; lane < atOnce; lane++) void next();
  return (row) => (plays.get(row) as PromiseWithResolvers<void>).promise;
}

/** What happens to a bot in a world of its own, and what comes of it. */
export interface KillRow {
  readonly when: string;
  readonly outcome: string;
  readonly latencyMs?: number;
  play(world: Killable): Promise<void>;
}

/** Plays each row in a world of its own. */
export function playRows<Row extends Pick<KillRow, "latencyMs" | "play">>(rows: readonly Row[]): (row: Row) => Promise<void> {
  return playAll(rows, worldsAtOnce, async ({ latencyMs = 0, play }) => {
    const world = await startKillable({ latencyMs });
    try {
      await play(world);
    } finally {
      await world.close();
    }
  });
}

/** Comments on the red pull request and kills the bot at its next call of that name. */
export async function dieAt(world: Killable, body: string, ...death: Parameters<Killable["killAt"]>): Promise<number> {
  const dead = world.killAt(...death);
  const { id } = await world.github.comment("ada", world.github.pulls.red, body);
  await dead;
  return id;
}

/** What people see in the end, with nothing more to come. */
export async function saidOnce(world: Killable, id: number, words: RegExp): Promise<void> {
  const { red } = world.github.pulls;
  await world.told(red, id, words);
  await sleep(500);
  expect(await world.replies(red, id)).toEqual([expect.stringMatching(words)]);
}

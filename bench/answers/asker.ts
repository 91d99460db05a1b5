// Runs in a process of its own: the bot on a sandbox whose every call takes longer, asked again and again.
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pino } from "pino";
import { startBot } from "../../src/bot/bot.ts";
import { Settings } from "../../src/config/settings.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { tellParent } from "../children.ts";
import { askInSlack, askOnGitHub } from "./ask.ts";
import type { Asked, Sample } from "./sample.ts";

const latencyMs = 150;
const redJob = "test-rust (m68040)";
/** The bot spaces its writes to GitHub as GitHub asks, one a second after a few; a comment comes when there is room for its three and a re-run. */
const betweenCommentsMs = 4_500;

const [folder = "", rounds = ""] = process.argv.slice(2);
let stateFiles = 0;

async function openSandbox(): Promise<Sandbox> {
  const base = { host: "127.0.0.1", port: 0, logLevel: "silent", settings: Settings.parse({ cooldownSeconds: 0 }) } as const;
  return startSandbox({ ...base, stateFile: nextStateFile() }, { latencyMs });
}

function nextStateFile(): string {
  stateFiles += 1;
  return join(folder, `${stateFiles}.db`);
}

/** A bot with empty state on a sandbox that is already there. */
async function startFresh(sandbox: Sandbox) {
  const bot = await startBot({ ...sandbox.config, stateFile: nextStateFile() }, pino({ level: "silent" }));
  sandbox.connect(bot.url);
  return bot;
}

const typed = { slash: "status #1", retry: "retry-job --failed #2", logs: `get-logs "${redJob}" #2` } as const;

const ask = (asked: Asked, { slack, github }: Sandbox) => (asked === "comment" ? askOnGitHub(github) : askInSlack(slack, typed[asked]));

async function askCold(asked: Asked, sandbox: Sandbox): Promise<Sample> {
  const bot = await startFresh(sandbox);
  const waited = await ask(asked, sandbox);
  await bot.stop();
  return { asked, caches: "cold", ...waited };
}

const [warm, cold] = await Promise.all([openSandbox(), openSandbox()]);
warm.github.setOutcome(redJob, "failure");
const bot = await startFresh(warm);
for (const asked of ["slash", "comment"] as const) await ask(asked, warm);

const samples: Sample[] = [];
for (let round = 0; round < Number(rounds); round += 1) {
  const nextCommentAt = performance.now() + betweenCommentsMs;
  samples.push(await askCold("slash", cold));
  samples.push(await askCold("comment", cold));
  for (const asked of ["slash", "logs", "retry"] as const) samples.push({ asked, caches: "warm", ...(await ask(asked, warm)) });
  // So that there is something to look at and to retry in the next round.
  await warm.github.finishRuns(warm.github.pulls.red);
  await sleep(Math.max(0, nextCommentAt - performance.now()));
  samples.push({ asked: "comment", caches: "warm", ...(await ask("comment", warm)) });
}
await bot.stop();
await Promise.all([warm.close(), cold.close()]);
tellParent(samples);

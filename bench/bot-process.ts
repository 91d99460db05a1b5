import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { endsWithUs, kill } from "./children.ts";
import { commandersOf } from "./load/slash.ts";
import { readIfThere } from "./process-status.ts";
import { apiToken, githubSecret, slackSecret } from "./secrets.ts";

const entry = fileURLToPath(new URL("../bin/nextrust.js", import.meta.url));

/** The product itself, started by its own command in a process of its own. */
export interface BotProcess extends AsyncDisposable {
  readonly url: string;
  /** From the command to the line that says it is ready. */
  readonly startedInMs: number;
  readonly stateFile: string;
  readonly pid: number;
}

/** @param apiUrl the stand-in for Slack and GitHub; without it the bot runs on its sandbox */
export async function startBotProcess(folder: string, apiUrl?: string): Promise<BotProcess> {
  mkdirSync(folder, { recursive: true });
  const log = openSync(join(folder, "bot.log"), "a");
  const startedAt = performance.now();
  const child = spawn(process.execPath, [entry, "start"], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? "", HOME: folder, PORT: "0", NEXTRUST_DATA_DIR: folder, ...(apiUrl && credentials(folder, apiUrl)) },
    stdio: ["ignore", "pipe", log],
  });
  closeSync(log);
  endsWithUs(child);
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout as Readable }).on("line", (line) => {
      const found = /http:\/\/\S+/.exec(line)?.[0];
      if (found) resolve(found);
    });
    child.once("exit", () => reject(new Error(`The bot did not start:\n${readIfThere(join(folder, "bot.log"))}`)));
  });
  return {
    url,
    startedInMs: performance.now() - startedAt,
    stateFile: join(folder, "nextrust.db"),
    pid: child.pid ?? 0,
    [Symbol.asyncDispose]: () => kill(child),
  };
}

/** A channel that speaks of a repository, and people who are linked: what a live installation has. */
function credentials(folder: string, apiUrl: string): Record<string, string> {
  const settings = join(folder, "nextrust.yml");
  writeFileSync(
    settings,
    JSON.stringify({
      channels: [{ id: "C0BENCH", repositories: ["Codertocat/Hello-World"] }],
      links: commandersOf().map((slack, at) => ({ slack, github: { id: 1000 + at, login: `person-${at}` } })),
    }),
  );
  return {
    NEXTRUST_CONFIG: settings,
    SLACK_API_URL: `${apiUrl}/api/`,
    SLACK_BOT_TOKEN: "xoxb-bench",
    SLACK_SIGNING_SECRET: slackSecret,
    GITHUB_API_URL: apiUrl,
    GITHUB_TOKEN: "ghp_bench",
    GITHUB_WEBHOOK_SECRET: githubSecret,
    NEXTRUST_API_TOKEN: apiToken,
  };
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { stringify } from "yaml";
import type { Sandbox } from "../src/sandbox/sandbox.ts";
import { compileCache, shipped } from "./shipped.ts";

export interface BotProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
}

/** The variables with which the real bot talks to this sandbox; its settings are written into the folder, where its state will be too. */
export async function environmentOf({ config, slack, github }: Sandbox, folder: string): Promise<Record<string, string>> {
  const settings = join(folder, "nextrust.yml");
  await writeFile(settings, stringify(config.settings));
  return {
    ...compileCache(),
    PATH: process.env.PATH ?? "",
    SLACK_API_URL: slack.url,
    SLACK_BOT_TOKEN: slack.botToken,
    ...(slack.socket ? { SLACK_APP_TOKEN: slack.appToken } : { SLACK_SIGNING_SECRET: slack.signingSecret }),
    GITHUB_API_URL: github.url,
    GITHUB_APP_ID: github.app.id,
    GITHUB_PRIVATE_KEY: github.app.privateKey,
    GITHUB_WEBHOOK_SECRET: github.app.webhookSecret,
    NEXTRUST_CONFIG: settings,
    NEXTRUST_DATA_DIR: folder,
    PORT: "0",
  };
}

/** A young heap that need not grow, tidied by no threads of its own: a tenth of the start of a process that soon ends. */
const shortLived = ["--single-threaded-gc", "--min-semi-space-size=16", "--max-semi-space-size=32"];

/** Starts the bot as a process of its own and waits for its ready line. */
export async function startBotProcess(environment: Record<string, string>): Promise<BotProcess> {
  const child = spawn(process.execPath, [...shortLived, shipped("dist/main.js"), "start"], {
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  const exited = once(child, "exit");
  const ready = await Promise.race([once(createInterface(child.stdout), "line"), exited.then(() => undefined)]);
  const url = /http:\/\/\S+/.exec(String(ready?.[0]))?.[0];
  if (!url) throw new Error(`The bot did not start: ${errors}`);
  return {
    url,
    child,
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

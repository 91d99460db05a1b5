import { spawn } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import type { Checkout } from "../a-checkout.ts";
import type { MessagesApi } from "./messages-api.ts";

/** Claude Code is not ours to install, so its tests run where it is on the PATH. */
export const claude = (process.env.PATH ?? "")
  .split(delimiter)
  .map((folder) => join(folder, "claude"))
  .find(existsSync);

/** What `claude -p --output-format json` tells at its end; only what we use. */
export interface Run {
  readonly session_id: string;
  readonly result: string;
  readonly is_error: boolean;
  readonly terminal_reason: string;
  readonly num_turns: number;
  readonly total_cost_usd: number;
  readonly modelUsage: Readonly<Record<string, ModelUsage>>;
  readonly permission_denials: readonly { readonly tool_name: string }[];
}

export interface ModelUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadInputTokens: number;
  readonly cacheCreationInputTokens: number;
  readonly costUSD: number;
}

interface Given {
  readonly prompt: string;
  readonly api: MessagesApi;
  readonly checkout: Checkout;
  /** `hooks` of the settings: by event, what is run there. */
  readonly hooks: object;
  readonly tools?: string;
  readonly variables?: Readonly<Record<string, string>>;
}

/** Where it keeps what it writes; git does not see it. */
const homeOf = (checkout: Checkout): string => join(checkout.path, ".git", "home");
const claudeFolderOf = (checkout: Checkout): string => join(homeOf(checkout), ".claude");

/** Runs Claude Code headless in a checkout, with nothing of this machine's account or its variables, on a model of ours. */
export async function runClaude({ prompt, api, checkout, hooks, tools = "Bash Write Agent Read", variables = {} }: Given): Promise<Run> {
  if (claude === undefined) throw new Error("Claude Code is not on the PATH.");
  const home = homeOf(checkout);
  const temporary = join(home, "tmp");
  mkdirSync(temporary, { recursive: true });
  const settings = join(home, "settings.json");
  writeFileSync(settings, JSON.stringify({ hooks }));
  const args = ["-p", prompt, "--output-format", "json", "--model", "claude-sonnet-4-5", "--allowedTools", tools];
  const child = spawn(claude, [...args, "--setting-sources", "user", "--settings", settings], {
    cwd: checkout.path,
    env: {
      PATH: process.env.PATH ?? "",
      HOME: home,
      TMPDIR: temporary,
      CLAUDE_CONFIG_DIR: claudeFolderOf(checkout),
      ANTHROPIC_BASE_URL: api.url,
      ANTHROPIC_API_KEY: "sk-ant-not-a-key",
      DISABLE_TELEMETRY: "1",
      DISABLE_ERROR_REPORTING: "1",
      DISABLE_AUTOUPDATER: "1",
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
      CLAUDE_CODE_MAX_RETRIES: "0",
      ...variables,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve, reject) => child.once("close", resolve).once("error", reject));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`Claude Code told no result: ${stdout.slice(0, 500)} ${stderr.slice(0, 500)}`);
  }
}

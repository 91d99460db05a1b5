import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { UserError } from "../../errors.ts";

/** Later ones lack the program for Linux, and earlier ones count otherwise. */
export const neededVersion = "20.0.24";
const timeoutMs = 60_000;
const mostBytes = 256 * 1024 * 1024;

const run = promisify(execFile);

/**
 * Asks ccusage for all sessions of Claude Code, without the network.
 *
 * @param path folders to look for it in, as in `PATH`
 * @returns what it printed
 * @throws UserError that says how to get it, or what it complained of
 */
export async function runCcusage(path: string): Promise<string> {
  const program = path
    .split(delimiter)
    .map((folder) => join(folder, "ccusage"))
    .find(existsSync);
  if (program === undefined) throw unusable(`ccusage is not installed. ${howToGet}`);
  const version = /\d+\.\d+\.\d+/.exec(await ask(program, ["--version"]))?.[0];
  if (version !== neededVersion)
    throw unusable(`ccusage ${version ?? "of an unknown version"} at ${program} counts otherwise. ${howToGet}`);
  return ask(program, ["claude", "session", "--json", "--offline"]);
}

const howToGet = `Run npm install --global ccusage@${neededVersion}, or name a file with what ccusage claude session --json --offline printed: --check sessions.json`;

async function ask(program: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run(program, [...args], { timeout: timeoutMs, killSignal: "SIGKILL", maxBuffer: mostBytes });
    return stdout;
  } catch (error) {
    const { killed, stderr = "" } = error as { killed?: boolean; stderr?: string };
    if (killed) throw unusable(`ccusage did not answer within ${timeoutMs / 1000} seconds and was ended.`);
    throw unusable(`ccusage failed: ${stderr.trim().split("\n")[0]?.slice(0, 300) || "it said nothing"}`);
  }
}

const unusable = (sentence: string): UserError => new UserError("not_applicable", "no_ccusage", sentence);

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { UserError } from "../../errors.ts";

/** Later ones lack the program for Linux, and earlier ones count otherwise. */
export const neededVersion = "20.0.24";
const usualMs = 60_000;
const mostBytes = 256 * 1024 * 1024;

export interface CcusageRun {
  /** Folders to look for it in, as in `PATH`. */
  readonly path: string;
  /** How long it may take, with the question for its version; a minute when absent. */
  readonly timeoutMs?: number;
  /** A file with settings of ccusage, such as prices. */
  readonly config?: string;
  /** All its variables; those of this process when absent. */
  readonly variables?: Readonly<Record<string, string>>;
  /** What to do where it is not there, in a sentence. */
  readonly howToGet: string;
}

/**
 * Asks ccusage for all sessions of Claude Code, without the network.
 *
 * @returns what it printed
 * @throws UserError that says how to get it, or what it complained of
 */
export async function runCcusage({ path, timeoutMs = usualMs, config, variables, howToGet }: CcusageRun): Promise<string> {
  const program = path
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => resolve(folder, "ccusage"))
    .find(existsSync);
  if (program === undefined) throw unusable(`ccusage is not installed. ${howToGet}`);
  const until = performance.now() + timeoutMs;
  const asked = async (args: readonly string[]) =>
    ask(program, args, { leftMs: Math.max(1, until - performance.now()), timeoutMs, variables });
  const version = /\d+\.\d+\.\d+/.exec(await asked(["--version"]))?.[0];
  if (version !== neededVersion)
    throw unusable(`ccusage ${version ?? "of an unknown version"} at ${program} counts otherwise. ${howToGet}`);
  return asked(["claude", "session", "--json", "--offline", ...(config === undefined ? [] : ["--config", config])]);
}

interface Limits {
  readonly leftMs: number;
  readonly timeoutMs: number;
  readonly variables: Readonly<Record<string, string>> | undefined;
}

async function ask(program: string, args: readonly string[], { leftMs, timeoutMs, variables }: Limits): Promise<string> {
  // It starts a program of its own: in a group both of them are ended.
  const child = spawn(program, args, {
    stdio: ["ignore", "pipe", "pipe"],
    detached: process.platform !== "win32",
    ...(variables && { env: variables }),
  });
  const end = () => {
    if (child.pid === undefined) return;
    try {
      process.kill(process.platform === "win32" ? child.pid : -child.pid, "SIGKILL");
    } catch {
      // It has ended meanwhile.
    }
  };
  const ended = new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  let why: string | undefined;
  const stop = (sentence: string) => {
    why ??= sentence;
    end();
  };
  const timer = setTimeout(() => stop(`ccusage did not answer within ${timeoutMs / 1000} seconds and was ended.`), leftMs);
  let bytes = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > mostBytes) stop("ccusage printed more than can be read.");
  });
  try {
    const [code, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
    if (why === undefined && code === 0) return stdout;
    throw unusable(why ?? `ccusage failed: ${stderr.trim().split("\n")[0]?.slice(0, 300) || "it said nothing"}`);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw unusable(`ccusage failed: ${(error as Error).message}`);
  } finally {
    clearTimeout(timer);
  }
}

const unusable = (sentence: string): UserError => new UserError("not_applicable", "no_ccusage", sentence);

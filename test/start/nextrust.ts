import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { eventually } from "../eventually.ts";
import { compileCache, shipped } from "../shipped.ts";

/** A new folder that goes away with the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "nextrust-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly tookMs: number;
}

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  stdout(): string;
  stderr(): string;
}

interface Launch {
  /** Beside what every process needs; the machine's own credentials are kept out. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Of its own unless told. */
  readonly folder?: string;
  /** What runs it: the Node of the tests, with the `bin` that ships, unless told. */
  readonly command?: readonly [string, ...string[]];
}

/** Runs `nextrust` as a person does: a process of its own in a folder of its own. It does not outlive the test. */
async function launch(
  args: readonly string[],
  { variables = {}, folder, command = [process.execPath, shipped("bin/nextrust.js")] }: Launch = {},
): Promise<Running> {
  const [program, ...before] = command;
  const startedAt = performance.now();
  const child = spawn(program, [...before, ...args], {
    cwd: folder ?? (await temporaryFolder()),
    env: { ...compileCache(), PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", ...variables },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that what it started can be ended with it.
    detached: true,
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const ended = once(child, "close").then(([code]) => ({ code, stdout, stderr, tookMs: performance.now() - startedAt }));
  onTestFinished(async () => {
    try {
      process.kill(-(child.pid as number), "SIGKILL");
    } catch {
      // All of them have ended.
    }
    await ended;
  });
  return { child, ended, stdout: () => stdout, stderr: () => stderr };
}

/** Runs it to its end. */
export const run = async (args: readonly string[], options?: Launch): Promise<Ended> => (await launch(args, options)).ended;

export interface Started extends Running {
  readonly ready: string;
  readonly url: string;
  readonly readyAfterMs: number;
  /** Sends the signal and waits for the end. */
  stop(signal: NodeJS.Signals): Promise<Ended>;
}

/** Runs `nextrust start` on a free port and waits for its ready line. */
export async function start(options: Launch = {}): Promise<Started> {
  const startedAt = performance.now();
  const running = await launch(["start"], { ...options, variables: { PORT: "0", ...options.variables } });
  let isEnded = false;
  void running.ended.then(() => {
    isEnded = true;
  });
  await eventually(() => {
    if (isEnded) throw new Error(`It did not start: ${running.stderr()}`);
    return running.stdout().includes("\n");
  });
  const ready = running.stdout().trim();
  return {
    ...running,
    ready,
    url: /http:\/\/\S+/.exec(ready)?.[0] ?? "",
    readyAfterMs: performance.now() - startedAt,
    async stop(signal) {
      running.child.kill(signal);
      return running.ended;
    },
  };
}

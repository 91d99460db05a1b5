import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import type { Failure } from "../pipeline/ai/provider.ts";
import { tailOf, upTo } from "./kept-output.ts";
import { ownPlace, type Place } from "./own-place.ts";

export interface ToolRun {
  /** A program's file, or its name in one of the folders of `path`. */
  readonly command: string;
  /** Folders of programs, as in `PATH`: for itself, and for what it starts. */
  readonly path: string;
  /** No text of others, and no secret: every process of the machine can read them. */
  readonly args: (place: Place) => readonly string[];
  /** All its variables, besides `PATH`, `HOME`, and those of the folder for temporary files. */
  readonly variables: (place: Place) => Readonly<Record<string, string>>;
  /** As of `ownPlace`. */
  readonly files?: Readonly<Record<string, string>>;
  /** Its standard input. */
  readonly input: string;
  readonly signal: AbortSignal;
  /** How long it may take to end when it is asked to, in milliseconds; two seconds when absent. */
  readonly graceMs?: number;
}

/** How a tool ended: by itself (`code` is null where something killed it), stopped by us in time or for what it printed, or it never began. */
export type ToolEnd =
  | { readonly how: "ended"; readonly code: number | null; readonly stdout: string; readonly stderr: string }
  | { readonly how: "aborted" }
  | { readonly how: "printed_too_much" }
  | { readonly how: "missing" }
  | { readonly how: "not_started"; readonly why: string };

/** What a run means for the question, where the tool did not end by itself. `missing`: what to say where it is not there */
export function whyNotEnded(end: Exclude<ToolEnd, { how: "ended" }>, missing: string): readonly [Failure, string] {
  if (end.how === "aborted") return ["timeout", "It was stopped, as it did not answer in time."];
  if (end.how === "missing") return ["unusable", missing];
  if (end.how === "printed_too_much") return ["unusable", "It printed more than an answer can be."];
  return ["unusable", `It did not start: ${end.why}`];
}

const mostStdout = 8 * 1024 * 1024;
/** Of errors the last words count. */
const mostStderr = 512 * 1024;
const usualGraceMs = 2_000;

/** Runs a program without a shell, with nothing of this process's variables and in folders of its own. It throws nothing, and leaves nothing behind. */
export async function runTool(run: ToolRun): Promise<ToolEnd> {
  if (run.signal.aborted) return { how: "aborted" };
  try {
    await using place = await ownPlace(run.files ?? {});
    return await runIn(place, run);
  } catch (error) {
    return { how: "not_started", why: error instanceof Error ? error.message : String(error) };
  }
}

const hasGroups = process.platform !== "win32";

async function runIn(place: Place, { command, path, args, variables, input, signal, graceMs = usualGraceMs }: ToolRun): Promise<ToolEnd> {
  const child = spawn(command, args(place), {
    cwd: place.work,
    env: { ...variables(place), PATH: path, HOME: place.home, USERPROFILE: place.home, TMPDIR: place.tmp, TMP: place.tmp, TEMP: place.tmp },
    stdio: "pipe",
    windowsHide: true,
    // What it starts is in its group, and ends with it.
    detached: hasGroups,
  });
  const failed = await begun(child);
  if (failed) return isMissing(failed) ? { how: "missing" } : { how: "not_started", why: failed.message };

  const gone = once(child, "close");
  let timer: NodeJS.Timeout | undefined;
  // Whatever still runs after the grace, or only holds the output open, is ended for good.
  const releaseSoon = () => {
    timer ??= setTimeout(() => release(child), graceMs);
  };
  child.once("exit", releaseSoon);
  let stopped: "aborted" | "printed_too_much" | undefined;
  const stop = (why: "aborted" | "printed_too_much") => {
    stopped ??= why;
    kill(child, "SIGTERM");
    releaseSoon();
  };
  const onAbort = () => stop("aborted");
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  const stdout = upTo(mostStdout, child.stdout, () => stop("printed_too_much"));
  const stderr = tailOf(mostStderr, child.stderr);
  // It may end before it has read everything.
  child.stdin.on("error", () => undefined).end(input);
  await gone;
  clearTimeout(timer);
  signal.removeEventListener("abort", onAbort);
  kill(child, "SIGKILL");
  if (stopped !== undefined) return { how: stopped };
  return { how: "ended", code: child.exitCode, stdout: stdout(), stderr: stderr() };
}

/** @returns why it did not begin, if so */
const begun = (child: ChildProcessWithoutNullStreams): Promise<NodeJS.ErrnoException | undefined> =>
  new Promise((resolve) => child.once("spawn", () => resolve(undefined)).on("error", resolve));

const isMissing = ({ code }: NodeJS.ErrnoException): boolean => code === "ENOENT" || code === "EACCES" || code === "ENOTDIR";

/** Ends it for good, with all that it has started, and what of it holds the output open. */
function release(child: ChildProcessWithoutNullStreams): void {
  kill(child, "SIGKILL");
  child.stdout.destroy();
  child.stderr.destroy();
}

function kill(child: ChildProcessWithoutNullStreams, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(hasGroups ? -child.pid : child.pid, signal);
  } catch {
    // All of them have ended.
  }
}

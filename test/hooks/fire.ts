import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { shipped } from "../shipped.ts";

interface Fired {
  /** null: a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Given {
  readonly cwd: string;
  /** Nothing of the tests' own variables is passed on. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** Of all that are fired, so that only the first of them compiles. */
const cache = () => join(shipped("dist/main.js"), "..", "cache");

/** Runs `nextrust hook <event>` as Claude Code does, from what is shipped. */
export async function fire(event: string, payload: object | string, { cwd, variables = {} }: Given): Promise<Fired> {
  const child = spawn(process.execPath, [shipped("dist/main.js"), "hook", event], {
    cwd,
    env: { PATH: process.env.PATH ?? "", HOME: cwd, XDG_CACHE_HOME: cache(), CLAUDE_PROJECT_DIR: cwd, ...variables },
  });
  // One that reads no further than it needs closes the pipe.
  child.stdin.on("error", () => {});
  child.stdin.end(typeof payload === "string" ? payload : JSON.stringify(payload));
  const ended = new Promise<number | null>((resolve, reject) => child.once("close", resolve).once("error", reject));
  const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { exitCode, stdout, stderr };
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { onTestFinished, vi } from "vitest";

const script = fileURLToPath(new URL("state-process.ts", import.meta.url));

export interface StateProcess {
  readonly lines: readonly string[];
  /** The first line that begins so. */
  line(start: string): Promise<string>;
  go(): void;
  signal(name: NodeJS.Signals): void;
  /** SIGKILL: nothing of it gets to tidy up. */
  kill(): Promise<void>;
  readonly exited: Promise<unknown>;
}

/** Starts `state-process.ts` and waits until it has opened the state. */
export async function spawnProcess(address: string, role: string, argument: string | number = ""): Promise<StateProcess> {
  const child: ChildProcess = spawn(process.execPath, [script, address, role, String(argument)], { stdio: ["pipe", "pipe", "inherit"] });
  const exited = once(child, "exit");
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines: string[] = [];
  let rest = "";
  child.stdout?.on("data", (chunk) => {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop() ?? "";
    lines.push(...parts);
  });
  const started: StateProcess = {
    lines,
    exited,
    line: (start) =>
      vi.waitFor(
        () => {
          const found = lines.find((line) => line.startsWith(start));
          if (found === undefined) throw new Error(`The process has not said "${start}" yet.`);
          return found;
        },
        { timeout: 10_000, interval: 10 },
      ),
    go: () => child.stdin?.write("go\n"),
    signal: (name) => void child.kill(name),
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
  await started.line("ready");
  return started;
}

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

/** A program of the bench in a process of its own, which ends with its scope. */
export interface Child extends AsyncDisposable {
  readonly pid: number;
  /** The next message it sends; rejects when it ends instead. */
  next<T>(): Promise<T>;
  send(message: object): void;
}

export function startChild(file: URL, args: readonly string[] = []): Child {
  const child = fork(file, args, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  endsWithUs(child);
  return {
    pid: child.pid ?? 0,
    next: <T>() =>
      new Promise<T>((resolve, reject) => {
        const onExit = (code: number | null) => reject(new Error(`${file.pathname} ended early (${code}).`));
        child.once("exit", onExit);
        child.once("message", (message) => {
          child.off("exit", onExit);
          resolve(message as T);
        });
      }),
    send: (message) => child.send(message),
    [Symbol.asyncDispose]: () => kill(child),
  };
}

const running = new Set<ChildProcess>();

/** Whatever stops the bench, the child stops too. */
export function endsWithUs(child: ChildProcess): void {
  running.add(child);
  child.once("exit", () => running.delete(child));
}

export function endAllChildren(): void {
  for (const child of running) child.kill("SIGKILL");
}

/** Ends a process for certain, as a power cut would. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

/** Called by a child: the parent hears of it, and the child does not outlive the parent. */
export function tellParent(message: object): void {
  process.once("disconnect", () => process.exit());
  process.send?.(message);
}

import { execFile } from "node:child_process";

const mostBytes = 4 * 1024 * 1024;

/**
 * Asks git something that only reads, and changes nothing.
 *
 * @returns what it printed; undefined where it fails, or takes longer than it may
 */
export function askGit(
  folder: string,
  args: readonly string[],
  { timeoutMs }: { readonly timeoutMs: number },
): Promise<string | undefined> {
  // A checkout's own settings name programs to run, and refreshing its index would hold up somebody else's git.
  const safe = ["-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "--no-optional-locks", ...args];
  return new Promise((answer) => {
    execFile(
      "git",
      safe,
      { cwd: folder, timeout: timeoutMs, killSignal: "SIGKILL", maxBuffer: mostBytes, windowsHide: true },
      (error, stdout) => answer(error ? undefined : stdout),
    );
  });
}

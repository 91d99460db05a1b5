import { execFile } from "node:child_process";

const mostBytes = 4 * 1024 * 1024;

const protocols = ["ext", "fd", "file", "git", "http", "https", "ssh"];
/** A checkout's own settings name programs to run: to watch files, to check signatures, and to fetch what is missing. */
const settings = [
  ...["core.fsmonitor=false", "core.hooksPath=/dev/null", "core.quotePath=false", "log.showSignature=false", "protocol.allow=never"],
  ...protocols.map((protocol) => `protocol.${protocol}.allow=never`),
];

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
  // Refreshing its index would hold up somebody else's git.
  const safe = [...settings.flatMap((setting) => ["-c", setting]), "--no-pager", "--no-optional-locks", ...args];
  // No program can be given a NUL, and Node throws for it.
  if ([folder, ...safe].some((word) => word.includes("\0"))) return Promise.resolve(undefined);
  return new Promise((answer) => {
    execFile(
      "git",
      safe,
      { cwd: folder, timeout: timeoutMs, killSignal: "SIGKILL", maxBuffer: mostBytes, windowsHide: true },
      (error, stdout) => answer(error ? undefined : stdout),
    );
  });
}

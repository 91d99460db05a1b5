import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { findGit } from "../../hooks/place/git-head.ts";

/** Whether git has it in its index: then others get it, too. */
export const isTracked = (root: string, path: string): boolean => succeeds(root, "ls-files", "--error-unmatch", "--", path);

/** Keeps files that are of this machine only out of `git status`; without changing a file that git sees. */
export function hideFromGit(root: string, example: string, pattern: string): void {
  const git = findGit(root);
  if (!git || succeeds(root, "check-ignore", "--quiet", "--", example)) return;
  mkdirSync(join(git.common, "info"), { recursive: true });
  appendFileSync(join(git.common, "info", "exclude"), `\n# By nextrust setup: of this machine only.\n${pattern}\n`);
}

function succeeds(root: string, ...args: readonly string[]): boolean {
  try {
    execFileSync("git", ["-c", "core.fsmonitor=false", ...args], { cwd: root, stdio: "ignore", timeout: 10_000 });
    return true;
  } catch {
    return false;
  }
}

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A checkout of git in a folder of its own, which is removed when it is disposed of. */
export interface Checkout extends Disposable {
  readonly path: string;
  /** Writes a file below it. */
  write(path: string, content: string): void;
  git(...args: readonly string[]): string;
  /** Commits all that is there, and returns the commit. */
  commit(subject?: string): string;
}

/** @param files by path; with any, they are committed */
export function aCheckout(files: Readonly<Record<string, string>> = {}): Checkout {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "nextrust-checkout-")));
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false", ...args], {
      cwd: path,
      encoding: "utf8",
      env: { PATH: process.env.PATH ?? "", HOME: path, GIT_CONFIG_NOSYSTEM: "1" },
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  const write = (file: string, content: string) => {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), content);
  };
  const commit = (subject = "feat: begin") => {
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", "--message", subject);
    return git("rev-parse", "HEAD");
  };
  git("init", "--quiet", "--initial-branch", "main");
  for (const [file, content] of Object.entries(files)) write(file, content);
  if (Object.keys(files).length > 0) commit();
  return { path, write, git, commit, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

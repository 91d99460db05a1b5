import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Commit } from "../../pipeline/release-notes.ts";

const execute = promisify(execFile);
const timeLimitMs = 5_000;
const mostCommits = 1_000;
const version = /^v?\d+\.\d+/;

export interface TaggedCommits {
  readonly tag: string;
  readonly previous?: string;
  readonly commits: readonly Commit[];
}

/**
 * Asks git for the commits between a version's tag and the one before it.
 *
 * @param named absent: the version that the commit which is checked out is tagged with
 * @returns undefined where there is no such tag
 */
export async function commitsOfTag(folder: string, named: string | undefined, signal: AbortSignal): Promise<TaggedCommits | undefined> {
  const git = async (...args: readonly string[]) => {
    const options = { cwd: folder, signal: AbortSignal.any([signal, AbortSignal.timeout(timeLimitMs)]), maxBuffer: 8 * 2 ** 20 };
    return (await execute("git", ["-c", "log.showSignature=false", "--no-optional-locks", ...args], options)).stdout;
  };
  const tag = named ?? (await git("tag", "--points-at", "HEAD", "--sort=-creatordate")).split("\n").find((one) => version.test(one));
  if (tag === undefined) return undefined;
  const before = await git("describe", "--tags", "--abbrev=0", `refs/tags/${tag}^`).catch(() => "");
  const previous = before.trim() || undefined;
  const range = previous === undefined ? `refs/tags/${tag}` : `refs/tags/${previous}..refs/tags/${tag}`;
  const log = await git("log", `--max-count=${mostCommits}`, "--format=%H%x1f%s%x1f%b%x1e", range, "--");
  const commits = log.split("\x1e").flatMap((one): Commit[] => {
    const [sha = "", subject = "", body = ""] = one.trimStart().split("\x1f");
    return sha === "" ? [] : [{ sha, subject, body }];
  });
  return { tag, ...(previous !== undefined && { previous }), commits };
}

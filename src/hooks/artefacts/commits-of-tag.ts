import { askGit } from "../../machine/ask-git.ts";
import type { Commit } from "../../pipeline/release-notes.ts";

const timeoutMs = 5_000;
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
 * @returns undefined where there is no such tag, or git does not say
 */
export async function commitsOfTag(folder: string, named: string | undefined): Promise<TaggedCommits | undefined> {
  const git = (...args: readonly string[]) => askGit(folder, args, { timeoutMs });
  const tag = named ?? (await git("tag", "--points-at", "HEAD", "--sort=-creatordate"))?.split("\n").find((one) => version.test(one));
  if (tag === undefined) return undefined;
  const before = await git("describe", "--tags", "--abbrev=0", `refs/tags/${tag}^`);
  const previous = before?.trim() || undefined;
  const range = previous === undefined ? `refs/tags/${tag}` : `refs/tags/${previous}..refs/tags/${tag}`;
  const log = await git("log", `--max-count=${mostCommits}`, "--format=%H%x1f%s%x1f%b%x1e", range, "--");
  if (log === undefined) return undefined;
  const commits = log.split("\x1e").flatMap((one): Commit[] => {
    const [sha = "", subject = "", body = ""] = one.trimStart().split("\x1f");
    return sha === "" ? [] : [{ sha, subject, body }];
  });
  return { tag, ...(previous !== undefined && { previous }), commits };
}

import type { GitHubSandbox } from "../github/github-sandbox.ts";
import type { ConsoleReviewThread } from "./console-github.ts";
import { toComment } from "./to-comment.ts";

/** So many lines stand before those that are spoken of. */
const linesBefore = 3;

type Source = Pick<GitHubSandbox, "bot" | "reviewThreads" | "head" | "readFile">;

/** Reads what was said on lines of a pull request, each beside its code. */
export function createReadThreads(github: Source): (number: number) => Promise<ConsoleReviewThread[]> {
  const toShown = toComment(github.bot.login);
  // A commit's files never change.
  const files = new Map<string, Promise<readonly string[]>>();

  const linesOf = (sha: string, path: string): Promise<readonly string[]> => {
    const key = `${sha}:${path}`;
    const read = files.get(key) ?? github.readFile(sha, path).then((text) => (text === undefined ? [] : text.split("\n")));
    files.set(key, read);
    return read;
  };

  return async (number) => {
    const threads = github.reviewThreads(number);
    if (threads.length === 0) return [];
    const head = await github.head(number);
    return Promise.all(
      threads.map(async ({ path, line, startLine = line, headSha, isResolved, comments }) => {
        const [then, now] = await Promise.all([linesOf(headSha, path), linesOf(head, path)]);
        const first = Math.max(1, startLine - linesBefore);
        const about = (lines: readonly string[]) => lines.slice(startLine - 1, line).join("\n");
        return {
          ...{ path, line, isResolved },
          ...(startLine !== line && { startLine }),
          isOutdated: about(then) !== about(now),
          ...(line <= then.length && { code: { first, lines: then.slice(first - 1, line) } }),
          comments: comments.map((one) => toShown(one)),
        };
      }),
    );
  };
}

import type { GitHubSandbox } from "../github/github-sandbox.ts";
import { refusedTo } from "./refused-to.ts";

/** Commits what a comment suggests in place of its lines, as GitHub's button does. */
export async function commitSuggestion(github: GitHubSandbox, as: string, number: number, comment: number): Promise<void> {
  const thread = github.reviewThreads(number).find(({ comments }) => comments[0]?.id === comment);
  const suggested = /^```suggestion\n(?:([\s\S]*?)\n)?```$/m.exec(thread?.comments[0]?.body ?? "");
  if (!thread || !suggested) throw new Error("That comment suggests nothing.");
  const { path, line, startLine = line, headSha } = thread;
  const [then, now] = await Promise.all([headSha, await github.head(number)].map((sha) => github.readFile(sha, path)));
  const about = (text = "") =>
    text
      .split("\n")
      .slice(startLine - 1, line)
      .join("\n");
  if (now === undefined || about(then) !== about(now)) throw new Error("The lines have changed since: the suggestion is outdated.");
  const lines = now.split("\n");
  lines.splice(startLine - 1, line - startLine + 1, ...(suggested[1] === undefined ? [] : suggested[1].split("\n")));
  await github.pushFiles(as, number, { [path]: lines.join("\n") }).catch(refusedTo(as));
}

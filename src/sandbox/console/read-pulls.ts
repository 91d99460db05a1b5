import { z } from "zod";
import type { GitHubSandbox } from "../github/github-sandbox.ts";
import type { ConsoleCheck, ConsoleComment, ConsolePull, ConsoleRun } from "./console-github.ts";
import { createReadThreads } from "./read-threads.ts";
import { toComment } from "./to-comment.ts";

const About = z.object({ title: z.string(), user: z.object({ login: z.string() }), head: z.object({ ref: z.string() }) });
type About = z.infer<typeof About>;

/** Reads the sandbox's two pull requests, the failing one first. */
export function createReadPulls(
  github: GitHubSandbox,
  runs: (number: number) => Promise<readonly ConsoleRun[]>,
  checks: (number: number) => Promise<readonly ConsoleCheck[]>,
) {
  const known = new Map<number, About>();
  const toShown = toComment(github.bot.login);
  const readThreads = createReadThreads(github);

  // Read once each: it goes over the sandbox's own API, whose every call counts as a change.
  async function about(number: number): Promise<About> {
    const before = known.get(number);
    if (before !== undefined) return before;
    const headers = { authorization: `Bearer ${github.people.ada.token}` };
    const answer = await fetch(`${github.url}/repos/${github.repository}/pulls/${number}`, { headers });
    const read = About.parse(await answer.json());
    known.set(number, read);
    return read;
  }

  async function readOne(number: number): Promise<ConsolePull> {
    const { title, user, head } = await about(number);
    const [ofHead, own, comments, threads] = await Promise.all([
      runs(number),
      checks(number),
      github.comments(number),
      readThreads(number),
    ]);
    return {
      number,
      title,
      author: user.login,
      branch: head.ref,
      runs: ofHead,
      checks: own,
      comments: [...comments.map(toShown), ...reviews(number)].sort(byTime),
      threads,
    };
  }

  /** A review that only holds comments on lines is shown by those. */
  const reviews = (number: number): ConsoleComment[] =>
    github
      .reviews(number)
      .filter(({ body, state }) => body !== "" || state !== "commented")
      .map((one) => ({ ...toShown(one), verdict: one.state }));

  return (): Promise<ConsolePull[]> => Promise.all([github.pulls.red, github.pulls.green].map(readOne));
}

const byTime = (a: ConsoleComment, b: ConsoleComment): number => Date.parse(a.createdAt) - Date.parse(b.createdAt);

import { z } from "zod";
import type { GitHubSandbox } from "../github/github-sandbox.ts";
import type { ConsolePulls } from "./pulls.ts";
import { runControl } from "./run-control.ts";

const About = z.object({ title: z.string(), user: z.object({ login: z.string() }), head: z.object({ ref: z.string() }) });
type About = z.infer<typeof About>;

// The emulation looks at its clock once for each of a comment's two times.
const clockReadTwiceMs = 20;

/** The sandbox's two pull requests, the failing one first. */
export function githubPulls(github: GitHubSandbox): ConsolePulls {
  const known = new Map<number, About>();
  const { runs, ...control } = runControl(github);

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

  async function readOne(number: number) {
    const { title, user, head } = await about(number);
    const [ofHead, comments] = await Promise.all([runs(number), github.comments(number)]);
    return {
      number,
      title,
      author: user.login,
      branch: head.ref,
      runs: ofHead,
      comments: comments.map(({ id, author, body, createdAt, updatedAt, reactions }) => ({
        id: String(id),
        author,
        isBot: author === github.bot.login,
        body,
        createdAt,
        isEdited: Date.parse(updatedAt) - Date.parse(createdAt) > clockReadTwiceMs,
        reactions: [...Map.groupBy(reactions, ({ content }) => content)].map(([content, given]) => ({ content, count: given.length })),
      })),
    };
  }

  return {
    ...control,
    read: () => Promise.all([github.pulls.red, github.pulls.green].map(readOne)),
    async comment(as, number, body) {
      await github.comment(as, number, body);
    },
    async push(number) {
      await github.push(number);
    },
    onChange: (listener) => github.onChange(listener),
  };
}

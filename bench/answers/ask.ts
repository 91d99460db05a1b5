import type { GitHubSandbox } from "../../src/sandbox/github/github-sandbox.ts";
import type { SlackSandbox } from "../../src/sandbox/slack/slack-sandbox.ts";

type Waited = { readonly firstMs: number; readonly answerMs: number };

const patienceMs = 20_000;

/** Types the command and waits until its answer is shown. */
export async function askInSlack(slack: SlackSandbox, text: string): Promise<Waited> {
  const seen = () => slack.transcript("ci", "ada");
  const before = seen().length;
  const startedAt = performance.now();
  // The acknowledgement is plain text; the answer has blocks.
  const answered = when(slack, () =>
    seen()
      .slice(before)
      .some(({ blocks }) => blocks.length > 0),
  );
  const { shown, tookMs } = await slack.slash({ as: "ada", channel: "ci", text });
  if (!shown) throw new Error("The command was not acknowledged in words.");
  return { firstMs: tookMs, answerMs: (await answered) - startedAt };
}

/** Comments `/ci-status` and waits for the reaction and the comment; gives its time back when the last call was made. */
export async function askOnGitHub(github: GitHubSandbox): Promise<Waited> {
  const callsBefore = github.calls().length;
  const deliveriesBefore = github.deliveries().length;
  const count = (name: string) =>
    github
      .calls()
      .slice(callsBefore)
      .filter((call) => call.name.endsWith(name)).length;
  const reacted = when(github, () => count("AddReaction") > 0);
  const commented = when(github, () => count("AddComment") > 0);
  const finished = when(github, () => count("AddReaction") > 1);
  await github.comment("ada", github.pulls.green, "/ci-status");
  const sentAt = (github.deliveries()[deliveriesBefore]?.at ?? Number.NaN) - performance.timeOrigin;
  const [reactedAt, commentedAt] = await Promise.all([reacted, commented, finished]);
  return { firstMs: reactedAt - sentAt, answerMs: commentedAt - sentAt };
}

/** The moment when it first holds. */
function when({ onChange }: Pick<SlackSandbox, "onChange">, holds: () => boolean): Promise<number> {
  return new Promise((resolve, reject) => {
    const impatience = setTimeout(() => reject(new Error(`The bot gave no answer: ${holds}`)), patienceMs);
    const stop = onChange(() => {
      if (!holds()) return;
      stop();
      clearTimeout(impatience);
      resolve(performance.now());
    });
  });
}

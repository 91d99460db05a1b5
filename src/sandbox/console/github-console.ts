import { type OwnCheck, stateOf } from "../github/checks/own-checks.ts";
import type { DiscussionView } from "../github/discussions/control.ts";
import type { GitHubSandbox } from "../github/github-sandbox.ts";
import { commitSuggestion } from "./commit-suggestion.ts";
import type { ConsoleCheck, ConsoleDiscussion, ConsoleGitHub, ConsoleTarget } from "./console-github.ts";
import { createPullScenes } from "./pull-scenes.ts";
import { createReadPulls } from "./read-pulls.ts";
import { runControl } from "./run-control.ts";
import { createScenes } from "./scenes.ts";
import { toComment } from "./to-comment.ts";

/** The public repository of the sandbox's GitHub: its pull requests, its main branch and its Discussions. */
export function githubConsole(github: GitHubSandbox): ConsoleGitHub {
  const { runs, ...control } = runControl(github);
  const checks = async (target: ConsoleTarget) => (await github.checks(target)).map(toConsoleCheck);
  const readPulls = createReadPulls(github, runs, checks);
  const toShown = toComment(github.bot.login);

  const toDiscussion = (view: DiscussionView): ConsoleDiscussion => ({
    ...toShown(view),
    number: view.number,
    title: view.title,
    category: view.category,
    comments: view.comments.map((one) => ({ ...toShown(one), replies: one.replies.map((reply) => toShown(reply)) })),
  });

  return {
    ...control,
    async read() {
      const [pulls, ofMain, own] = await Promise.all([readPulls(), runs("main"), checks("main")]);
      return { pulls, main: { name: "main", runs: ofMain, checks: own }, discussions: github.discussions().map(toDiscussion) };
    },
    async comment(as, pull, body, replyTo) {
      await (replyTo === undefined ? github.comment(as, pull, body) : github.reviewComment(as, pull, { replyTo, body }));
    },
    async discuss(as, discussion, body, replyTo) {
      await github.discuss(as, discussion, body, replyTo === undefined ? {} : { replyTo });
    },
    async press(as, check, button) {
      await (button === undefined ? github.rerequestCheck(as, check) : github.clickCheck(as, check, button));
    },
    happen: createScenes(github),
    async push(number) {
      await github.push(number);
    },
    happenTo: createPullScenes(github, control),
    commitSuggestion: (as, number, comment) => commitSuggestion(github, as, number, comment),
    onChange: (listener) => github.onChange(listener),
  };
}

const toConsoleCheck = (check: OwnCheck): ConsoleCheck => ({
  id: check.id,
  name: check.name,
  state: stateOf(check),
  title: check.title ?? "",
  summary: check.summary ?? "",
  actions: check.actions,
});

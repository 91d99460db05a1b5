import { answerJson, type Route, readBody } from "../../bot/http.ts";
import type { ScriptedModels } from "../ai/scripted.ts";
import type { GitHubSandbox } from "../github/github-sandbox.ts";
import type { Programs } from "../money/programs.ts";
import type { PagerSandbox } from "../pager/pager-sandbox.ts";
import type { SlackSandbox } from "../slack/slack-sandbox.ts";
import { commandTable } from "./command-table.ts";
import { createDeeds } from "./deeds.ts";
import { githubConsole } from "./github-console.ts";
import { guarded } from "./guard.ts";
import { Live } from "./live.ts";
import { createModelMoods } from "./model-moods.ts";
import { createMoneyDeeds } from "./money-deeds.ts";
import { pageFiles } from "./page-files.ts";
import { readState } from "./state.ts";

const bodyLimit = 300_000;

/** The web console: Slack and GitHub side by side, and the pager where it rang. For the sandbox only. */
export function consoleRoutes(
  slack: SlackSandbox,
  github: GitHubSandbox,
  pager: PagerSandbox,
  programs: Programs,
  models?: ScriptedModels,
): readonly Route[] {
  const shown = githubConsole(github);
  const moods = models && createModelMoods(models);
  const live = new Live(async () => ({ ...(await readState(slack, shown, pager)), ...(moods && { models: moods.now() }) }), slack.closing);
  slack.onChange(() => live.changed());
  pager.onChange(() => live.changed());
  shown.onChange(() => live.changed());

  const events: Route = {
    method: "GET",
    path: "/sandbox/events",
    handle(request, response) {
      // Only where somebody watches: elsewhere whoever drives the sandbox moves its runs.
      shown.letRunsMove();
      live.join(request, response);
    },
  };
  const deeds = Object.entries({ ...createDeeds(slack, shown, pager), ...createMoneyDeeds(programs, github), ...moods?.deeds }).map(
    ([path, act]): Route => ({
      method: "POST",
      path,
      async handle(request, response) {
        try {
          const told = await act(JSON.parse((await readBody(request, bodyLimit)).toString()));
          // What a visitor decides about a job's future changes nothing that the sandbox would tell of.
          live.changed();
          answerJson(response, 200, told ?? {});
        } catch (error) {
          // Only this machine's own visitor reads it, and it says what the sandbox disliked.
          answerJson(response, 400, { error: error instanceof Error ? error.message : String(error) });
        }
      },
    }),
  );
  return [...pageFiles, commandTable, events, ...deeds].map(guarded);
}

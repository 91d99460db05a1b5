import { defineCommand } from "citty";
import { createGitHub } from "../bot/github/client.ts";
import { githubPipelines } from "../bot/github/pipelines.ts";
import { renderTerminal } from "../bot/render/terminal.ts";
import { parseTarget } from "../commands/grammar/target.ts";
import { describePipeline } from "../commands/status-reply.ts";
import { CannotStart, readConfig } from "../config/config.ts";
import { createLog } from "../log.ts";

export const status = defineCommand({
  meta: { name: "status", description: "Show the pipeline of a pull request, branch or commit: nextrust status owner/repo#12" },
  args: { target: { type: "positional", description: "owner/repo#12, owner/repo@branch or owner/repo@", required: true } },
  async run({ args }) {
    const { repository, pullRequest, ref } = parseTarget(args.target);
    if (!repository)
      throw new CannotStart([
        `Name the repository: nextrust status owner/repo${args.target.startsWith("#") ? args.target : `@${args.target}`}`,
      ]);
    const config = readConfig(process.env);
    if (!config.slack) throw new CannotStart(["No credentials are set: the sandbox lives inside nextrust start only."]);

    const pipelines = githubPipelines(createGitHub(config.github, createLog(config.logLevel)));
    const pipeline =
      pullRequest === undefined ? await pipelines.ofRef(repository, ref) : await pipelines.ofPullRequest(repository, pullRequest);
    if (!pipeline) throw new CannotStart([`There is no ${args.target}, or the bot cannot see it.`]);
    process.stdout.write(renderTerminal(describePipeline(pipeline)));
  },
});

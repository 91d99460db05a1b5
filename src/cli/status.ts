import { Command } from "commander";
import { parseTarget } from "../commands/grammar/target.ts";
import { UserError } from "../errors.ts";

export const status = new Command("status")
  .description("Show the pipeline of a pull request, branch or commit.")
  .argument("<target>", "owner/repo#12, owner/repo@branch, or owner/repo@ for the default branch")
  .action(async (word: string) => {
    const { repository, pullRequest, ref } = parseTarget(word);
    if (!repository) throw problem(`Name the repository: nextrust status owner/repo${word.startsWith("#") ? word : `@${word}`}`);

    const pipelines = await connect();
    const pipeline =
      pullRequest === undefined ? await pipelines.ofRef(repository, ref) : await pipelines.ofPullRequest(repository, pullRequest);
    if (!pipeline) throw problem(`There is no ${word}, or the bot cannot see it.`);

    const [{ renderTerminal }, { describePipeline }] = await Promise.all([
      import("../bot/render/terminal.ts"),
      import("../commands/status-reply.ts"),
    ]);
    process.stdout.write(renderTerminal(describePipeline(pipeline)));
  });

async function connect() {
  const [{ readConfig }, { createGitHub }, { githubPipelines }, { createLog }] = await Promise.all([
    import("../config/config.ts"),
    import("../bot/github/client.ts"),
    import("../bot/github/pipelines.ts"),
    import("../log.ts"),
  ]);
  const config = readConfig(process.env);
  if (!config.slack) throw problem("No credentials are set: the sandbox lives inside nextrust start only.");
  return githubPipelines(createGitHub(config.github, createLog(config.logLevel)));
}

const problem = (sentence: string): UserError => new UserError("invalid", "bad_arguments", sentence);

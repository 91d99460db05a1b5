import { Command } from "commander";
import { parseTarget } from "../commands/grammar/target.ts";
import { UserError } from "../errors.ts";

export const status = new Command("status")
  .description("Show the pipeline of a pull request, branch or commit; or what is recorded here of this checkout.")
  .argument("[target]", "owner/repo#12, owner/repo@branch, or owner/repo@ for the default branch; this checkout when absent")
  .option("--json", "print JSON for other programs; of this checkout only")
  .action(async (word: string | undefined, { json }: { json?: true }) => {
    if (word === undefined) return showCheckout(json === true);
    if (json) throw problem("Without a target it can be JSON: nextrust status --json");
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

async function showCheckout(isJson: boolean): Promise<void> {
  const [{ openCheckout }, { gatherStatus }, { renderTerminal }, { done }] = await Promise.all([
    import("./checkout.ts"),
    import("./status/sections.ts"),
    import("../bot/render/terminal.ts"),
    import("../reply.ts"),
  ]);
  const checkout = await openCheckout();
  try {
    const { content, parts } = await gatherStatus(checkout);
    process.stdout.write(isJson ? `${JSON.stringify(content, undefined, 2)}\n` : renderTerminal(done("shown", ...parts)));
  } finally {
    checkout.close();
  }
}

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

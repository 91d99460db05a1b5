import { UserError } from "../errors.ts";
import type { Pipeline, Pipelines } from "../pipeline/pipelines.ts";
import { text } from "../reply.ts";
import { type Context, defineCommand, type Target } from "./command.ts";
import { parseTarget } from "./grammar/target.ts";
import { describePipeline } from "./status-reply.ts";

export const status = defineCommand({
  name: "status",
  usage: "[#pr|branch|sha]",
  summary: "Show the pipeline of a pull request, branch or commit.",
  examples: ["", "#12", "main", "owner/repo#12"],
  role: "read",
  parse(args) {
    const word = args.optionalWord();
    return word === undefined ? undefined : parseTarget(word);
  },
  targetOf: (target) => target,

  async run(named, context, { pipelines }: { pipelines: Pipelines }) {
    const { repository, pullRequest, ref } = context.target as Target;
    if (pullRequest !== undefined)
      return describePipeline(found(await pipelines.ofPullRequest(repository, pullRequest), `#${pullRequest}`, repository));
    if (ref !== undefined || named)
      return describePipeline(found(await pipelines.ofRef(repository, ref), ref ?? "default branch", repository));

    const { pipeline, note } = await unnamed(repository, context, pipelines);
    const reply = describePipeline(pipeline);
    return { ...reply, parts: [...reply.parts, text(note)] };
  },
});

/** Nothing was named: the asker's newest open pull request, else the default branch. */
async function unnamed(repository: string, { actor }: Context, pipelines: Pipelines): Promise<{ pipeline: Pipeline; note: string }> {
  const newest = actor.account && (await pipelines.newestPullRequestBy(actor.account.login, repository));
  if (newest) {
    const pipeline = found(await pipelines.ofPullRequest(repository, newest), `#${newest}`, repository);
    return { pipeline, note: "Your newest open pull request, since none was named." };
  }
  const why = actor.account ? "you have no open pull request here" : "you are not linked to a GitHub account";
  const pipeline = found(await pipelines.ofRef(repository), "default branch", repository);
  return { pipeline, note: `The default branch, since none was named and ${why}.` };
}

function found(pipeline: Pipeline | undefined, what: string, repository: string): Pipeline {
  if (pipeline) return pipeline;
  throw new UserError(
    "not_applicable",
    "target_not_found",
    `${repository} has no ${what}, or the bot cannot see it. Check the name and try again.`,
  );
}

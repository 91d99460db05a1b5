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

  async run(_, context, { pipelines }: { pipelines: Pipelines }) {
    const target = context.target as Target;
    const { pipeline, note } = await find(target, context, pipelines);
    const reply = describePipeline(pipeline);
    return note ? { ...reply, parts: [...reply.parts, text(note)] } : reply;
  },
});

async function find(target: Target, { actor }: Context, pipelines: Pipelines): Promise<{ pipeline: Pipeline; note?: string }> {
  const { repository, pullRequest, ref } = target;
  if (pullRequest !== undefined)
    return { pipeline: found(await pipelines.ofPullRequest(repository, pullRequest), `#${pullRequest}`, repository) };
  if (ref !== undefined) return { pipeline: found(await pipelines.ofRef(repository, ref), ref, repository) };

  const newest = actor.account && (await pipelines.newestPullRequestBy(actor.account.login, repository));
  if (newest) {
    return {
      pipeline: found(await pipelines.ofPullRequest(repository, newest), `#${newest}`, repository),
      note: "Your newest open pull request, since none was named.",
    };
  }
  const why = actor.account ? "you have no open pull request here" : "you are not linked to a GitHub account";
  return {
    pipeline: found(await pipelines.ofRef(repository), "the default branch", repository),
    note: `The default branch, since none was named and ${why}.`,
  };
}

function found(pipeline: Pipeline | undefined, what: string, repository: string): Pipeline {
  if (pipeline) return pipeline;
  throw new UserError(
    "not_applicable",
    "target_not_found",
    `${repository} has no ${what}, or the bot cannot see it. Check the name and try again.`,
  );
}

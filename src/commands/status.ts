import type { Pipelines } from "../pipeline/pipelines.ts";
import { text } from "../reply.ts";
import { defineCommand, type Target } from "./command.ts";
import { parseTarget } from "./grammar/target.ts";
import { found, likelyHead } from "./head.ts";
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

    const { pipeline, note } = await likelyHead(repository, context, pipelines);
    const reply = describePipeline(pipeline);
    return { ...reply, parts: [...reply.parts, text(note)] };
  },
});

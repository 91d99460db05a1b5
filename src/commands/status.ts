import { blockedAmong, blockedSentence } from "../pipeline/backoff/backoff.ts";
import { byWhom } from "../pipeline/freezes.ts";
import { currentPhase } from "../pipeline/phases/current-phase.ts";
import { phaseSentence } from "../pipeline/phases/phase-count.ts";
import type { Pipeline } from "../pipeline/pipelines.ts";
import { facts, type Part, type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { type Context, defineCommand, type Target } from "./command.ts";
import { parseTarget, type TargetRef } from "./grammar/target.ts";
import { found, likelyHead } from "./head.ts";
import { describePipeline } from "./status-reply.ts";
import { statusSteps } from "./status-steps.ts";

export const status = defineCommand({
  name: "status",
  usage: "[#pr|branch|sha]",
  summary: "Show the pipeline of a pull request, branch or commit.",
  examples: [
    { args: "", does: "your newest open pull request, else the default branch", canBeTried: true },
    { args: "#12", does: "a pull request" },
    { args: "main", does: "a branch" },
    { args: "owner/repo#12", does: "a pull request of another repository" },
  ],
  role: "read",
  parse(args) {
    const word = args.optionalWord();
    return word === undefined ? undefined : parseTarget(word);
  },
  targetOf: (target) => target,

  async run(named, context, services: Pick<Services, "pipelines" | "records" | "phasePlans" | "keys">): Promise<Reply> {
    const { repository } = context.target as Target;
    const [{ pipeline, note }, freeze] = await Promise.all([
      read(named, context, services),
      services.records.transaction(({ freezes }) => freezes.find(repository)),
    ]);
    const failures = await services.records.transaction(({ backoff }) => backoff.ofCommit(repository, pipeline.headSha));
    const blocked = blockedAmong(failures);
    const reply = describePipeline(pipeline);
    const notes: Part[] = [
      ...blocked.map((one) => text(blockedSentence(one, pipeline.headSha), "bad")),
      ...(await phaseOf(repository, services)),
      ...(freeze
        ? [text(`${repository} is frozen ${byWhom(freeze)}`, "idle"), facts({ label: "Since", value: { at: freeze.since } })]
        : []),
      ...(note ? [text(note)] : []),
    ];
    return { ...reply, parts: [...reply.parts, ...notes], actions: freeze ? [] : statusSteps(pipeline, blocked, context) };
  },
});

/** It asks GitHub nothing, so that status stays quick. */
async function phaseOf(repository: string, services: Pick<Services, "records" | "phasePlans" | "keys">): Promise<Part[]> {
  const plan = services.phasePlans.of(repository);
  if (!plan) return [];
  const current = await services.records.transaction((tx) => currentPhase(plan, tx));
  return [text(await phaseSentence(repository, current, services))];
}

async function read(
  named: TargetRef | undefined,
  context: Context,
  { pipelines }: Pick<Services, "pipelines">,
): Promise<{ pipeline: Pipeline; note?: string }> {
  const { repository, pullRequest, ref } = context.target as Target;
  if (pullRequest !== undefined)
    return { pipeline: found(await pipelines.ofPullRequest(repository, pullRequest), `#${pullRequest}`, repository) };
  if (ref !== undefined || named) return { pipeline: found(await pipelines.ofRef(repository, ref), ref ?? "default branch", repository) };
  return likelyHead(repository, context, pipelines);
}

import { ServiceError, storage } from "../errors.ts";
import { nextStep } from "../pipeline/next-step.ts";
import type { Pipeline } from "../pipeline/pipelines.ts";
import { type Action, type Choice, done, type Part, type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { type Context, defineCommand, type Target } from "./command.ts";
import { parseTarget } from "./grammar/target.ts";
import { found, likelyHead, statusStep, toHead } from "./head.ts";
import { retryJob } from "./retry-job.ts";
import { status } from "./status.ts";
import { describePipeline } from "./status-reply.ts";
import { redJobs, retrySteps } from "./status-steps.ts";

const helpStep: Action = { label: "Help", command: "help" };
const whoStep: Action = { label: "Who am I?", command: "whoami" };

export const menu = defineCommand({
  name: "menu",
  usage: "[#pr|branch|sha]",
  summary: "Offer what you most likely want here.",
  examples: [
    { args: "", does: "for your newest open pull request, else the default branch", canBeTried: true },
    { args: "#12", does: "for a pull request" },
  ],
  role: "any",
  parse(args) {
    const word = args.optionalWord();
    return word === undefined ? undefined : parseTarget(word);
  },
  targetOf: (target) => target,

  async run(_, context, services: Pick<Services, "pipelines" | "records">): Promise<Reply> {
    const { target, prefix } = context;
    const verdict = await context.may(status);
    if (!target || !verdict.isAllowed) {
      const why = verdict.isAllowed ? [] : [text(verdict.message)];
      return { ...done("offered", ...why, text(`${prefix}help shows what you may do here.`)), actions: [helpStep, whoStep] };
    }
    try {
      return await offer(context, target, services);
    } catch (error) {
      if (!(error instanceof ServiceError) || error.service === storage) throw error;
      const words = text(`${error.message} So I cannot say how ${target.repository} stands.`, "bad");
      return { ...done("offered", words), actions: [{ label: "Show status", command: `status ${target.repository}@` }, helpStep, whoStep] };
    }
  },
});

async function offer(context: Context, target: Target, { pipelines, records }: Pick<Services, "pipelines" | "records">): Promise<Reply> {
  const { repository } = target;
  const [{ pipeline, note }, freeze, retrying] = await Promise.all([
    read(target, context, pipelines),
    records.transaction(({ freezes }) => freezes.find(repository)),
    context.may(retryJob),
  ]);
  const headline = describePipeline(pipeline).parts[0];
  const parts: Part[] = [...(headline ? [headline] : []), ...(note === undefined ? [] : [text(note)])];
  const steps = retrying.isAllowed && !freeze ? retrySteps(pipeline, context) : [];
  return {
    ...done("offered", text(`What would you like to do in ${repository}?`), ...parts),
    actions: [statusStep(pipeline, context), ...(steps.length > 0 ? steps : [helpStep, whoStep])],
    ...(steps.length > 0 && { choice: more(pipeline, context) }),
  };
}

async function read(
  { repository, pullRequest, ref }: Target,
  context: Context,
  pipelines: Services["pipelines"],
): Promise<{ pipeline: Pipeline; note?: string }> {
  if (pullRequest !== undefined)
    return { pipeline: found(await pipelines.ofPullRequest(repository, pullRequest), `#${pullRequest}`, repository) };
  if (ref !== undefined) return { pipeline: found(await pipelines.ofRef(repository, ref), ref, repository) };
  return likelyHead(repository, context, pipelines);
}

/** What three buttons do not hold. */
function more(pipeline: Pipeline, context: Context): Choice {
  const log = redJobs(pipeline).length > 0 ? [nextStep("Show the log", "get-logs", toHead(pipeline, context))] : [];
  return { label: "More…", options: [...log, helpStep, whoStep] };
}

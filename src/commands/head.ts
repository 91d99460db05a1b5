import { UserError } from "../errors.ts";
import { type Head, nextStep, shortSha } from "../pipeline/next-step.ts";
import type { Extent, Pipeline } from "../pipeline/pipelines.ts";
import type { Action } from "../reply.ts";
import type { Services } from "../services.ts";
import type { Context, Target } from "./command.ts";
import type { Arguments } from "./grammar/arguments.ts";
import { invalidSha } from "./grammar/sha.ts";
import type { TargetRef } from "./grammar/target.ts";

/** What many commands are given: a place, and the commit that its head must still be. */
export interface PinnedTarget {
  readonly target?: TargetRef;
  readonly sha?: string;
}

/** Takes `#12` and `sha=ab12cd3` out of the arguments. Throws UserError (invalid). */
export function takePinnedTarget(args: Arguments): PinnedTarget {
  const target = args.target();
  const sha = args.pair("sha")?.toLowerCase();
  if (sha !== undefined && !/^[0-9a-f]{7,40}$/.test(sha)) throw invalidSha(sha);
  return { ...(target && { target }), ...(sha !== undefined && { sha }) };
}

/**
 * The commit that a command acts on, with its jobs: the head of the pull request or branch that was named, or where it was asked.
 * Something is changed only where it was named: in Slack the newest pull request is offered, not guessed.
 *
 * @throws UserError when nothing is named, there is no such thing, or the head is no longer what `sha` says
 */
export async function headOf(
  { target: named, sha }: PinnedTarget,
  context: Context,
  { pipelines }: Pick<Services, "pipelines">,
  command: string,
  extent: Extent = {},
): Promise<Pipeline> {
  const { repository, pullRequest, ref } = context.target as Target;
  if (pullRequest === undefined && ref === undefined && !named) throw await unnamed(repository, context, pipelines, command);
  const pipeline =
    pullRequest === undefined
      ? await pipelines.ofRef(repository, ref, extent)
      : await pipelines.ofPullRequest(repository, pullRequest, extent);
  const what = pullRequest === undefined ? (ref ?? "default branch") : `#${pullRequest}`;
  const head = found(pipeline, what, repository);
  if (sha !== undefined && !head.headSha.startsWith(sha)) {
    const moved = `${what} has moved from @${shortSha(sha)} to @${shortSha(head.headSha)}, so nothing was done. Ask again for the new head.`;
    throw new UserError("refused", "head_moved", moved, { actions: [statusStep(head, context)] });
  }
  return head;
}

/** Where nothing was named and nothing is changed: the asker's newest open pull request, else the default branch. `note` says so. */
export async function likelyHead(
  repository: string,
  { actor }: Pick<Context, "actor">,
  pipelines: Services["pipelines"],
  extent: Extent = {},
): Promise<{ pipeline: Pipeline; note: string }> {
  const newest = actor.account && (await pipelines.newestPullRequestBy(actor.account.login, repository));
  if (newest) {
    const pipeline = found(await pipelines.ofPullRequest(repository, newest, extent), `#${newest}`, repository);
    return { pipeline, note: "Your newest open pull request, since none was named." };
  }
  const why = actor.account ? "you have no open pull request here" : "you are not linked to a GitHub account";
  const pipeline = found(await pipelines.ofRef(repository, undefined, extent), "default branch", repository);
  return { pipeline, note: `The default branch, since none was named and ${why}.` };
}

/** @throws UserError (not_applicable) when there is none */
export function found(pipeline: Pipeline | undefined, what: string, repository: string): Pipeline {
  if (pipeline) return pipeline;
  const sentence = `${repository} has no ${what}, or the bot cannot see it. Check the name and try again.`;
  throw new UserError("not_applicable", "target_not_found", sentence);
}

/** The head as next steps name it. */
export function toHead(
  { repository, headSha, subject }: Pipeline,
  { actor: { surface }, pullRequestHere: here }: Pick<Context, "actor" | "pullRequestHere">,
): Head {
  return {
    surface,
    repository,
    headSha,
    ...(here !== undefined && { here }),
    ...(subject.kind === "pull_request" ? { pullRequest: subject.number } : { ref: subject.name }),
  };
}

/** How it stands now, whatever its head is then. */
export const statusStep = (pipeline: Pipeline, context: Pick<Context, "actor" | "pullRequestHere">): Action =>
  nextStep("Show status", "status", { ...toHead(pipeline, context), headSha: "" });

/** `#2 @ab12cd3` */
export function headInWords({ subject, headSha }: Pipeline): string {
  return `${subject.kind === "pull_request" ? `#${subject.number}` : subject.name} @${shortSha(headSha)}`;
}

async function unnamed(
  repository: string,
  { actor, prefix }: Context,
  pipelines: Services["pipelines"],
  command: string,
): Promise<UserError> {
  const newest = actor.account && (await pipelines.newestPullRequestBy(actor.account.login, repository));
  const offer = newest === undefined ? {} : { actions: [{ label: `On your #${newest}`, command: `${command} ${repository}#${newest}` }] };
  return new UserError("invalid", "no_target", `Say on what, as in ${prefix}${command} #${newest ?? 12}`, offer);
}

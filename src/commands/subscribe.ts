import { UserError } from "../errors.ts";
import { globProblem } from "../pipeline/policy/glob.ts";
import { type Conclusion, conclusions, type Rule, runEvents } from "../pipeline/policy/rule.ts";
import type { Subscription } from "../pipeline/policy/subscriptions.ts";
import { isSameName } from "../pipeline/same-name.ts";
import { type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { defineCommand, type Target } from "./command.ts";
import type { Arguments } from "./grammar/arguments.ts";
import type { TargetRef } from "./grammar/target.ts";
import { channelHere } from "./subscription-channel.ts";
import { ruleInWords } from "./subscription-list.ts";

const longestReason = 500;
const mostOfAChannel = 50;

interface Input {
  readonly target: TargetRef | undefined;
  readonly rule: Rule;
  readonly reason: string | undefined;
}

type Needs = Pick<Services, "records" | "policies" | "repositories" | "workspace" | "now">;

export const subscribe = defineCommand({
  name: "subscribe",
  usage: "[owner/repo@] [workflow=name,…] [branch=name,…] [event=name,…] [conclusion=word,…] [-- reason]",
  summary: "Have this channel told when runs fail or recover; it stays until somebody says unsubscribe.",
  examples: [
    { args: "", does: "failures and recoveries of every workflow" },
    { args: "workflow=CI branch=main,release/*", does: "one workflow, on some branches" },
    { args: "owner/repo@ conclusion=failure -- we ship from it", does: "another repository, with the reason" },
  ],
  role: "write",
  isMutating: true,
  parse(args): Input {
    const target = args.target();
    if (target?.pullRequest !== undefined) {
      throw new UserError("invalid", "is_pull_request", "A channel is subscribed to a repository. To follow one pull request, use watch.");
    }
    const rule = {
      ...optional("workflows", patternsOf(args, "workflow")),
      ...optional("branches", patternsOf(args, "branch") ?? (target?.ref === undefined ? undefined : [target.ref])),
      ...optional(
        "events",
        listOf(args, "event")?.map((word) => args.choice("event", word, runEvents)),
      ),
      ...optional("conclusions", conclusionsOf(args)),
    };
    return { target, rule, reason: args.reason?.slice(0, longestReason) };
  },
  targetOf: ({ target }) => target,

  async run({ rule: asked, reason }, context, services: Needs) {
    const channel = channelHere(context);
    const { repository } = context.target as Target;
    await refuseToLeak(channel, repository, services);
    const { isOurs } = await services.workspace.channel(channel);
    const { records, now } = services;
    const rule = { ...asked, repositories: [repository] };
    return records.transaction(async (tx): Promise<Reply> => {
      refuseToAdd(rule, await tx.subscriptions.list(channel));
      const about = { channel, repository, rule, by: context.actor.name, since: now(), ...(reason !== undefined && { reason }) };
      const { number } = await tx.subscriptions.add(about, context.intent);
      const sentence = `${context.actor.name} subscribed this channel to ${ruleInWords(rule)}. End it with ${context.prefix}unsubscribe s${number}`;
      const notes = [...(rule.events ? [] : [text(withoutPullRequests)]), ...(isOurs ? [] : [text(invitation, "bad")])];
      const parts = [text(sentence, "good"), ...notes];
      const reply = { outcome: "done", reason: "subscribed", audience: "thread", parts } as const;
      await context.conclude(tx, reply);
      return reply;
    });
  },
});

const withoutPullRequests = "Runs of pull requests concern their authors and are left out; event=pull_request asks for them.";
const invitation = "I am not in this channel yet, so I cannot tell it anything. Invite me: /invite @nextrust";

function refuseToAdd(rule: Rule, standing: readonly Subscription[]): void {
  const asOne = ({ repositories = [], ...rest }: Rule) => JSON.stringify({ ...rest, repositories: repositories.join().toLowerCase() });
  const same = standing.find((one) => asOne(one.rule) === asOne(rule));
  if (same) {
    const sentence = `This channel is told of that already, by s${same.number}: ${ruleInWords(same.rule)}.`;
    throw new UserError("not_applicable", "subscribed_already", sentence);
  }
  if (standing.length < mostOfAChannel) return;
  const sentence = `This channel has ${standing.length} subscriptions. End one with unsubscribe first.`;
  throw new UserError("refused", "too_many_subscriptions", sentence);
}

/** What is private may be told only where the settings file, which maintainers review, binds it. */
async function refuseToLeak(channel: string, repository: string, { policies, repositories }: Needs): Promise<void> {
  const bound = policies.find(({ id }) => id === channel)?.repositories ?? [];
  if (bound.some((one) => isSameName(one, repository))) return;
  const isPrivate = await repositories.isPrivate(repository);
  if (isPrivate === undefined) {
    throw new UserError(
      "not_applicable",
      "repository_not_found",
      `${repository} is not there, or I cannot see it. Check the name, and that the App is installed on it.`,
    );
  }
  if (!isPrivate) return;
  const sentence = `${repository} is private, and this channel is not bound to it, so its results are not told here. A maintainer can bind it in config/nextrust.yml.`;
  throw new UserError("refused", "private_repository", sentence);
}

function patternsOf(args: Arguments, key: string): readonly string[] | undefined {
  const patterns = listOf(args, key);
  for (const pattern of patterns ?? []) {
    const problem = globProblem(pattern);
    if (problem !== undefined) throw new UserError("invalid", "bad_pattern", `“${pattern}” ${problem}.`);
  }
  return patterns;
}

const conclusionsOf = (args: Arguments): readonly Conclusion[] | undefined =>
  listOf(args, "conclusion")?.map((word) => args.choice("conclusion", word, conclusions));

/** `a,b`, without empty ones. */
function listOf(args: Arguments, key: string): readonly string[] | undefined {
  const value = args.pair(key);
  if (value === undefined) return undefined;
  const words = value
    .split(",")
    .map((word) => word.trim())
    .filter(Boolean);
  if (words.length === 0) throw new UserError("invalid", "missing_value", `${key}= needs a value after it.`);
  return words;
}

const optional = <K extends string, V>(key: K, value: V | undefined) => (value === undefined ? {} : ({ [key]: value } as Record<K, V>));

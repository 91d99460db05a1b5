import { UserError } from "../errors.ts";
import { isAtLeast } from "../pipeline/access.ts";
import type { ChannelPolicy } from "../pipeline/policy/rule.ts";
import type { Subscription } from "../pipeline/policy/subscriptions.ts";
import { text } from "../reply.ts";
import type { Services } from "../services.ts";
import { type Context, defineCommand } from "./command.ts";
import type { TargetRef } from "./grammar/target.ts";
import { howToLink } from "./link-action.ts";
import { channelHere } from "./subscription-channel.ts";
import { ruleInWords } from "./subscription-list.ts";

interface Input {
  readonly target: TargetRef | undefined;
  readonly id: string | undefined;
}

type Needs = Pick<Services, "records" | "policies" | "permissions" | "invitations" | "now">;

export const unsubscribe = defineCommand({
  name: "unsubscribe",
  usage: "<id>|owner/repo@",
  summary: "End a subscription of this channel, or all of a repository; needs the role write on that repository.",
  examples: [
    { args: "s7", does: "one subscription, by its id" },
    { args: "owner/repo@", does: "all of a repository" },
  ],
  // What counts is the role on the repository that the subscription is about, which need not be the channel's.
  role: "any",
  isMutating: true,
  parse: (args): Input => {
    const target = args.target();
    return { target, id: target ? args.optionalWord() : args.word("the id of a subscription, as subscriptions shows it") };
  },
  targetOf: ({ target }) => target,

  async run({ target, id }, context, services: Needs) {
    const channel = channelHere(context);
    const { records, now, policies } = services;
    const all = await records.transaction(({ subscriptions }) => subscriptions.list(channel));
    const repository = target?.repository?.toLowerCase();
    const meant = all.filter((one) =>
      id === undefined ? one.repository.toLowerCase() === repository : `s${one.number}` === id.toLowerCase(),
    );
    if (meant.length === 0)
      throw notFound(
        id,
        repository,
        policies.find((policy) => policy.id === channel),
        context,
      );

    for (const one of new Set(meant.map((subscription) => subscription.repository))) await needWrite(one, context, services);
    const numbers = meant.map(({ number }) => number);
    await records.transaction(({ subscriptions }) => subscriptions.end(numbers, context.actor.key, now()));
    return { outcome: "done", reason: "unsubscribed", audience: "thread", parts: [text(inWords(meant, context), "idle")] };
  },
});

function inWords(ended: readonly Subscription[], { actor }: Context): string {
  const what = ended.map(({ number, rule }) => `s${number} (${ruleInWords(rule)})`).join(" and ");
  return `${actor.name} ended ${what}. This channel is not told of that any more, unless another rule asks for it.`;
}

async function needWrite(repository: string, { actor, prefix }: Context, { permissions, invitations }: Needs): Promise<void> {
  if (!actor.account) {
    const way = howToLink(prefix, invitations);
    throw new UserError("refused", "not_linked", `"unsubscribe" needs your GitHub account, and you are not linked. ${way}`);
  }
  const held = await permissions.roleOf(actor.account, repository);
  if (isAtLeast(held, "write")) return;
  const sentence = `"unsubscribe" needs the role write on ${repository}; you hold ${held}. An admin of ${repository} can grant it.`;
  throw new UserError("refused", "role_too_low", sentence);
}

/** What the file says can be changed only there. */
function notFound(
  id: string | undefined,
  repository: string | undefined,
  policy: ChannelPolicy | undefined,
  { prefix }: Context,
): UserError {
  const rules = policy?.notify ?? [];
  const ruling = rules.filter((rule, index) =>
    id === undefined
      ? (rule.repositories ?? policy?.repositories ?? []).some((one) => one.toLowerCase() === repository)
      : id.toLowerCase() === `f${index + 1}` || id === rule.at,
  );
  if (ruling.length > 0) {
    const places = ruling.map(({ at }) => at ?? "the settings file").join(" and ");
    return new UserError("refused", "ruled_by_file", `That is ruled by ${places}. Change it there, and start me again.`);
  }
  const what = id === undefined ? `subscription to ${repository ?? "that"}` : `subscription ${id.slice(0, 50)}`;
  return new UserError("not_applicable", "no_such_subscription", `This channel has no ${what}. ${prefix}subscriptions lists them.`);
}

import { UserError } from "../errors.ts";
import { isAtLeast } from "../pipeline/access.ts";
import type { ChannelPolicy } from "../pipeline/policy/rule.ts";
import type { Subscription } from "../pipeline/policy/subscriptions.ts";
import type { Transaction } from "../pipeline/records.ts";
import { isSameName } from "../pipeline/same-name.ts";
import { type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { type Context, defineCommand } from "./command.ts";
import { howToLink } from "./link-action.ts";
import { channelHere } from "./subscription-channel.ts";
import { ruleInWords } from "./subscription-list.ts";

/** One by its id, or all of a repository. */
type Input = { readonly id: string } | { readonly repository: string };

type Needs = Pick<Services, "records" | "policies" | "permissions" | "repositories" | "invitations" | "now">;

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
  parse(args): Input {
    const target = args.target();
    if (!target) return { id: args.word("the id of a subscription, as subscriptions shows it") };
    const { repository, pullRequest, ref } = target;
    if (repository !== undefined && pullRequest === undefined && ref === undefined) return { repository };
    const sentence = "Say which subscription by its id, as in s7, or end all of a repository, as in owner/repo@.";
    throw new UserError("invalid", "not_a_repository", sentence);
  },

  async run(wanted, context, services: Needs) {
    const channel = channelHere(context);
    const { records, now, policies } = services;
    const meantIn = async ({ subscriptions }: Pick<Transaction, "subscriptions">) =>
      (await subscriptions.list(channel)).filter((one) =>
        "id" in wanted ? `s${one.number}` === wanted.id.toLowerCase() : isSameName(one.repository, wanted.repository),
      );
    const seen = await records.transaction(meantIn);
    for (const one of new Set(seen.map((subscription) => subscription.repository))) await needWrite(one, context, services);

    return records.transaction(async (tx): Promise<Reply> => {
      // Somebody may have been faster.
      const numbers = (await meantIn(tx)).map(({ number }) => number);
      const meant = seen.filter(({ number }) => numbers.includes(number));
      if (meant.length === 0) {
        const policy = policies.find(({ id }) => id === channel);
        throw notFound(wanted, policy, context);
      }
      await tx.subscriptions.end(
        meant.map(({ number }) => number),
        context.actor.key,
        now(),
      );
      const reply = {
        outcome: "done",
        reason: "unsubscribed",
        audience: "thread",
        parts: [text(inWords(meant, context), "idle")],
      } as const;
      await context.conclude(tx, reply);
      return reply;
    });
  },
});

function inWords(ended: readonly Subscription[], { actor }: Context): string {
  const what = ended.map(({ number, rule }) => `s${number} (${ruleInWords(rule)})`).join(" and ");
  return `${actor.name} ended ${what}. This channel is not told of that any more, unless another rule asks for it.`;
}

async function needWrite(repository: string, { actor, prefix }: Context, services: Needs): Promise<void> {
  if (!actor.account) {
    const way = howToLink(prefix, services.invitations);
    throw new UserError("refused", "not_linked", `"unsubscribe" needs your GitHub account, and you are not linked. ${way}`);
  }
  // Nobody has a role on what is not there any more, and nothing is told of it either.
  if (await isGone(repository, services)) return;
  const held = await services.permissions.roleOf(actor.account, repository);
  if (isAtLeast(held, "write")) return;
  const sentence = `"unsubscribe" needs the role write on ${repository}; you hold ${held}. An admin of ${repository} can grant it.`;
  throw new UserError("refused", "role_too_low", sentence);
}

/** It was deleted, or the App was taken from it. */
async function isGone(repository: string, { repositories }: Needs): Promise<boolean> {
  try {
    return (await repositories.isPrivate(repository)) === undefined;
  } catch (error) {
    if (error instanceof UserError) return true;
    throw error;
  }
}

/** What the file says can be changed only there. */
function notFound(wanted: Input, policy: ChannelPolicy | undefined, { prefix }: Context): UserError {
  const ruling = (policy?.notify ?? []).filter((rule, index) =>
    "id" in wanted
      ? wanted.id.toLowerCase() === `f${index + 1}` || wanted.id === rule.at
      : (rule.repositories ?? policy?.repositories ?? []).some((one) => isSameName(one, wanted.repository)),
  );
  if (ruling.length > 0) {
    const places = ruling.map(({ at }) => at ?? "the settings file").join(" and ");
    return new UserError("refused", "ruled_by_file", `That is ruled by ${places}. Change it there, and start me again.`);
  }
  const what = "id" in wanted ? `subscription ${wanted.id.slice(0, 50)}` : `subscription to ${wanted.repository}`;
  return new UserError("not_applicable", "no_such_subscription", `This channel has no ${what}. ${prefix}subscriptions lists them.`);
}

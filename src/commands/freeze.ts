import { UserError } from "../errors.ts";
import { frozenSentence } from "../pipeline/freezes.ts";
import { type Action, done, type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { defineCommand, type Target } from "./command.ts";

const longestReason = 500;

export const freeze = defineCommand({
  name: "freeze",
  usage: "[owner/repo@] [-- reason]",
  summary: "Let me answer questions only, and change nothing in the repository, until unfreeze.",
  examples: [
    { args: "", does: "nobody changes anything through the bot" },
    { args: "-- release in progress", does: "and everybody is told why" },
    { args: "owner/repo@ -- incident", does: "another repository" },
  ],
  role: "admin",
  isMutating: true,
  worksWhileFrozen: true,
  parse: (args) => ({ target: args.target(), reason: args.reason?.slice(0, longestReason) }),
  targetOf: ({ target }) => target,

  async run({ reason }, context, { records, now }: Pick<Services, "records" | "now">): Promise<Reply> {
    const { repository } = context.target as Target;
    return records.transaction(async ({ freezes }) => {
      const earlier = await freezes.find(repository);
      if (earlier && earlier.intent !== context.intent)
        throw new UserError("not_applicable", "already_frozen", frozenSentence(earlier), { actions: [endStep(repository)] });
      await freezes.put({
        repository,
        by: context.actor.name,
        intent: context.intent,
        since: now(),
        ...(reason !== undefined && { reason }),
      });
      const why = reason === undefined ? "" : `: ${reason}`;
      const sentence = `${context.actor.name} froze ${repository}${why}. I answer questions about it and change nothing, until an admin says ${context.prefix}unfreeze.`;
      return { ...done("frozen", text(sentence, "idle")), audience: "thread", actions: [endStep(repository)] };
    });
  },
});

const endStep = (repository: string): Action => ({
  label: "End the freeze",
  command: `unfreeze ${repository}@`,
  confirm: { title: "End the freeze?", text: `Everybody may change ${repository} through me again.` },
});

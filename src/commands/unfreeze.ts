import { UserError } from "../errors.ts";
import { done, type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { defineCommand, type Target } from "./command.ts";

export const unfreeze = defineCommand({
  name: "unfreeze",
  usage: "[owner/repo@]",
  summary: "End a freeze.",
  examples: [
    { args: "", does: "this channel's or pull request's repository" },
    { args: "owner/repo@", does: "another repository" },
  ],
  role: "admin",
  isMutating: true,
  worksWhileFrozen: true,
  parse: (args) => args.target(),
  targetOf: (target) => target,

  async run(_, context, { records }: Pick<Services, "records">): Promise<Reply> {
    const { repository } = context.target as Target;
    const wasFrozen = await records.transaction(({ freezes }) => freezes.remove(repository));
    if (!wasFrozen) throw new UserError("not_applicable", "not_frozen", `${repository} is not frozen.`);
    return { ...done("unfrozen", text(`${context.actor.name} ended the freeze of ${repository}.`, "good")), audience: "thread" };
  },
});

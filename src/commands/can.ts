import { done, type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { defineCommand } from "./command.ts";
import { findCommand } from "./find-command.ts";
import { whatMayI } from "./help.ts";
import { linkAction } from "./link-action.ts";

export const can = defineCommand({
  name: "can",
  usage: "<command>",
  summary: "Say whether you may use a command here, without running it.",
  examples: [{ args: "status", does: "whether you may use a command, and why", canBeTried: true }],
  role: "any",
  parse: (args) => args.word("command").toLowerCase(),

  async run(name, context, { invitations }: Pick<Services, "invitations">): Promise<Reply> {
    const command = await findCommand(name, context, (meant) => `can ${meant}`);
    const verdict = await context.may(command);
    const where = context.target ? ` on ${context.target.repository}` : "";
    if (!verdict.isAllowed) {
      const link = verdict.reason === "not_linked" ? linkAction(context.actor, invitations) : undefined;
      return { ...done("not_allowed", text(`No: ${verdict.message}`, "bad")), actions: [link ?? whatMayI] };
    }

    const role = await context.role();
    const because = command.role === "any" ? "it asks for no role" : role ? `you hold the role ${role}` : "the channel may read it";
    return {
      ...done("allowed", text(`Yes: you may use ${context.prefix}${command.name}${where}, because ${because}.`, "good")),
      actions: [{ label: "How it is used", command: `help ${command.name}` }],
    };
  },
});

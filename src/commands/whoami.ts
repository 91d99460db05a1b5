import { done, type Fact, facts, text } from "../reply.ts";
import { defineCommand, noArguments } from "./command.ts";

export const whoami = defineCommand({
  name: "whoami",
  usage: "",
  summary: "Show who the bot takes you for, and your role here.",
  examples: [{ args: "", does: "your account and your role here", canBeTried: true }],
  role: "any",
  parse: noArguments,

  async run(_, context) {
    const { actor, target } = context;
    const items: Fact[] = [{ label: "You are", value: `${actor.name} (${actor.key})` }];
    if (actor.surface === "slack") {
      items.push({ label: "On GitHub", value: actor.account ? `${actor.account.login} (id ${actor.account.id})` : "not linked" });
    }
    if (target) items.push({ label: "Repository", value: target.repository });
    const role = await context.role();
    if (role) items.push({ label: "Your role", value: role });

    const unlinked = actor.account
      ? []
      : [text("Not linked, you may read what this channel is bound to. A maintainer can link you in config/nextrust.yml.")];
    return { ...done("told", facts(...items), ...unlinked), actions: [{ label: "What may I do here?", command: "help" }] };
  },
});

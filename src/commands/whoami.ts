import { done, type Fact, facts, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { atTime } from "./at-time.ts";
import { defineCommand, noArguments } from "./command.ts";
import { whatMayI } from "./help.ts";
import { howToLink, linkAction } from "./link-action.ts";

export const whoami = defineCommand({
  name: "whoami",
  usage: "",
  summary: "Show who the bot takes you for, and your role here.",
  examples: [{ args: "", does: "your account and your role here", canBeTried: true }],
  role: "any",
  parse: noArguments,

  async run(_, context, { records, now, invitations }: Pick<Services, "records" | "now" | "invitations">) {
    const { actor, target, slack } = context;
    const items: Fact[] = [{ label: "You are", value: `${actor.name} (${actor.key})` }];
    if (actor.surface === "slack") {
      items.push({ label: "On GitHub", value: actor.account ? `${actor.account.login} (id ${actor.account.id})` : "not linked" });
    }
    if (target) items.push({ label: "Repository", value: target.repository });
    const role = await context.role();
    if (role) items.push({ label: "Your role", value: role });

    const mutedUntil = slack && (await records.transaction(({ mutes }) => mutes.until(slack.user, now())));
    if (mutedUntil !== undefined) items.push({ label: "Private messages", value: `muted until ${atTime(mutedUntil)}` });

    const unlinked = actor.account
      ? []
      : [text(`Not linked, you may read what this channel is bound to. ${howToLink(context.prefix, invitations)}`)];
    const action = linkAction(actor, invitations);
    return {
      ...done("told", facts(...items), ...unlinked),
      actions: [...(action ? [action] : []), whatMayI],
    };
  },
});

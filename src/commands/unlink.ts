import { UserError } from "../errors.ts";
import { tellInPrivate } from "../pipeline/linking/tell-in-private.ts";
import type { StoredLink } from "../pipeline/links.ts";
import { done, type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { type Context, defineCommand, noArguments } from "./command.ts";

export const unlink = defineCommand({
  name: "unlink",
  usage: "",
  summary: "Make me forget which GitHub account is yours in Slack, at once.",
  examples: [{ args: "", does: "you read as an unlinked person from then on" }],
  role: "any",
  parse: noArguments,

  async run(_, context, { records, links: { pinned } }: Pick<Services, "records" | "links">): Promise<Reply> {
    const { slack, account } = context.actor;
    const isPinned = slack ? pinned.of(slack.user) : account && pinned.slackUserOf(account.id);
    if (isPinned) {
      const sentence = "A maintainer wrote this link into config/nextrust.yml, and can take it out there.";
      throw new UserError("not_applicable", "is_pinned", sentence);
    }
    return records.transaction(async (tx) => {
      const link = slack ? await tx.links.find(slack.user) : account && (await tx.links.findByAccount(account.id));
      if (!link) throw new UserError("not_applicable", "not_linked", "There is no link to end.");
      await tx.links.remove(link.person.user);
      // Whoever ends it from the other side may not be the one who made it.
      if (!slack) await tellInPrivate(`unlinked:${context.intent}`, link.person, told(link), tx);
      const reply = done(
        "unlinked",
        text(`${link.account.login} is no longer linked to anybody in Slack.`, "good"),
        text(againBy(context)),
      );
      await context.conclude(tx, reply);
      return reply;
    });
  },
});

const againBy = ({ prefix, actor }: Context): string =>
  actor.slack ? `${prefix}link links you again.` : "The command link in Slack makes a new link.";

const told = ({ account }: StoredLink): Reply => ({
  ...done("unlinked", text(`${account.login} ended the link to you, on GitHub. You are not linked to a GitHub account any more.`, "idle")),
  actions: [{ label: "Link a GitHub account", command: "link" }],
});

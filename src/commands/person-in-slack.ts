import { UserError } from "../errors.ts";
import type { Services } from "../services.ts";
import type { Context } from "./command.ts";

/** The id of the asker in Slack, where private messages go. Throws UserError for somebody on GitHub whom nobody has linked. */
export async function personInSlack(
  { slack, actor }: Pick<Context, "slack" | "actor">,
  { links, invitations }: Pick<Services, "links" | "invitations">,
): Promise<string> {
  const person = slack?.user ?? (actor.account && (await links.slackUserOf(actor.account.id)));
  if (person !== undefined) return person;
  const way = invitations ? "or give me the command link there once" : "or have a maintainer link you in config/nextrust.yml";
  const sentence = `I tell you in private in Slack, and I do not know who you are there. Ask in Slack, ${way}.`;
  throw new UserError("refused", "not_linked", sentence);
}

import { UserError } from "../errors.ts";
import { done, type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { defineCommand, noArguments } from "./command.ts";
import { linkAction } from "./link-action.ts";

export const link = defineCommand({
  name: "link",
  usage: "",
  summary: "Tell me which GitHub account is yours, by signing in to GitHub.",
  examples: [{ args: "", does: "the button that leads to GitHub" }],
  role: "any",
  parse: noArguments,

  async run(_, { actor }, { links, invitations }: Pick<Services, "links" | "invitations">): Promise<Reply> {
    if (!actor.slack) {
      const sentence = "Here I know you already: you are your GitHub account. To be known in Slack too, give me the command link there.";
      throw new UserError("not_applicable", "is_on_github", sentence);
    }
    if (links.pinned.of(actor.slack.user)) {
      const sentence = `You are ${actor.account?.login} on GitHub. A maintainer wrote that into config/nextrust.yml, and can change it there.`;
      throw new UserError("not_applicable", "is_pinned", sentence);
    }
    const { account, ...unlinked } = actor;
    const action = linkAction(unlinked, invitations);
    if (!action) {
      const sentence =
        "Linking by oneself is not set up here. A maintainer can link you in config/nextrust.yml, or set it up: docs/permissions.md.";
      throw new UserError("not_applicable", "linking_is_off", sentence);
    }
    const before = account ? `You are ${account.login} on GitHub; another account takes its place. ` : "";
    const sentence = `${before}Sign in to GitHub by this button, within ten minutes. It is for you alone: pass it on to nobody.`;
    return { ...done("invited", text(sentence), text("I learn your account's id and name, and nothing else.")), actions: [action] };
  },
});

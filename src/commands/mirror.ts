import { UserError } from "../errors.ts";
import { rootMessage, switched, threadKey } from "../pipeline/mirror/thread.ts";
import { done, type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { defineCommand, type Target } from "./command.ts";

export const mirror = defineCommand({
  name: "mirror",
  usage: "on|off [#pr]",
  summary: "Begin or stop mirroring a pull request's conversation and its Slack thread.",
  examples: [
    { args: "off", does: "what is said from now on stays where it is said" },
    { args: "on #12", does: "go on, for a pull request named" },
  ],
  role: "write",
  isMutating: true,
  parse(args) {
    const target = args.target();
    return { target, mode: args.choice("state", args.word("on or off"), ["on", "off"]) };
  },
  targetOf: ({ target }) => target,

  async run({ mode }, context, { records, now }: Pick<Services, "records" | "now">): Promise<Reply> {
    const { repository, pullRequest } = context.target as Target;
    if (pullRequest === undefined) {
      throw new UserError("invalid", "no_pull_request", "Name a pull request, as in mirror off #12, or say it in its thread.");
    }
    const what = `${repository}#${pullRequest}`;
    return records.transaction(async ({ mirrors, outbox }) => {
      const known = await mirrors.thread(threadKey(repository, pullRequest));
      if (!known) {
        const sentence = `${what} has no thread in Slack. In a repository that is mirrored it gets one with its next comment; config/nextrust.yml says which are.`;
        throw new UserError("not_applicable", "not_mirrored", sentence);
      }
      const thread = switched(known, mode, now());
      await mirrors.putThread(thread);
      if (thread.mode !== "root_deleted") await outbox.put(rootMessage(thread));
      const sentence =
        mode === "on"
          ? `${what} and its Slack thread are mirrored.`
          : `${what} and its Slack thread are no longer mirrored. What is there stays.`;
      return { ...done(`mirror_${mode}`, text(sentence, mode === "on" ? "good" : "idle")), audience: "thread" };
    });
  },
});

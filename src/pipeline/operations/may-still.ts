import type { Services } from "../../services.ts";
import { isAtLeast } from "../access.ts";
import { frozenSentence } from "../freezes.ts";
import { shortSha } from "../next-step.ts";
import type { Asker, End, Operation } from "./operations.ts";
import { isOwn } from "./own-asker.ts";

type Needs = Pick<Services, "records" | "permissions" | "pipelines" | "links">;

/**
 * Whether what somebody asked for a while ago may be done now: they may have lost their role, and the head may have moved.
 *
 * @returns why not, or undefined when it may
 * @throws ServiceError when it cannot be found out
 */
export async function whyNotAnyMore(operation: Operation, { records, permissions, pipelines, links }: Needs): Promise<End | undefined> {
  const { repository, asker, wish } = operation;
  const freeze = await records.transaction(({ freezes }) => freezes.find(repository));
  if (freeze) return refused("frozen", frozenSentence(freeze));

  if (asker.account && (await hasUnlinked(asker, links)))
    return refused("not_linked", `${asker.name} is no longer linked to ${asker.account.login}, so nothing was done.`);
  // The settings let the bot do what it does by itself.
  if (!isOwn(asker) && !isAtLeast(asker.account ? await permissions.roleOf(asker.account, repository) : "none", "write"))
    return refused("role_too_low", `${asker.name} no longer holds the role write on ${repository}, so nothing was done.`);

  const { pullRequest, ref, headSha } = wish;
  const head = pullRequest === undefined ? await pipelines.ofRef(repository, ref) : await pipelines.ofPullRequest(repository, pullRequest);
  if (head?.headSha === headSha) return undefined;
  const place = pullRequest === undefined ? (ref ?? "The branch") : `#${pullRequest}`;
  const now = head ? `moved from @${shortSha(headSha)} to @${shortSha(head.headSha)}` : "gone";
  return refused("head_moved", `${place} has ${now} since this was asked, so nothing was done. Ask again if you still want it.`);
}

async function hasUnlinked({ key, surface, account }: Asker, links: Services["links"]): Promise<boolean> {
  const user = key.split("/")[1];
  return surface === "slack" && user !== undefined && (await links.of(user))?.id !== account?.id;
}

const refused = (reason: string, message: string): End => ({ kind: "refused", outcome: "refused", reason, message });

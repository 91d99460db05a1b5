import type { TargetRef } from "../../commands/grammar/target.ts";
import type { Services } from "../../services.ts";
import type { Delivery } from "../delivery.ts";

/** The pull request whose thread in Slack something was said in. */
export async function pullRequestHere(delivery: Delivery, { records }: Pick<Services, "records">): Promise<TargetRef | undefined> {
  if (delivery.surface === "github" || delivery.threadTs === undefined) return undefined;
  const { channel, threadTs } = delivery;
  const thread = await records.transaction(({ mirrors }) => mirrors.threadAt(channel, threadTs));
  return thread && { repository: thread.pull.repository, pullRequest: thread.pull.number };
}

/** What a command in the thread means: what it names, in the thread's repository unless it names another, else the thread's pull request. */
export function inThread(named: TargetRef | undefined, here: TargetRef | undefined): TargetRef | undefined {
  if (!here) return named;
  if (!named) return here;
  return named.repository === undefined && here.repository !== undefined ? { repository: here.repository, ...named } : named;
}

import type { Services } from "../../services.ts";
import type { Job } from "../queue.ts";
import { isSameName } from "../same-name.ts";
import type { AutoReview } from "./auto-review-task.ts";
import { toReview } from "./wish.ts";

type Needs = Pick<Services, "channels" | "reviewRules" | "repositories" | "internalsOn" | "records" | "now">;

/** Begins the review of a pull request that nobody asked for, where somebody is there to do it. */
export function createAutoReview(services: Needs): (job: Job) => Promise<void> {
  const { channels, reviewRules, repositories, internalsOn, records, now } = services;
  return async ({ payload }) => {
    const { repository, number, headSha, trigger } = payload as unknown as AutoReview;
    const { channel } = reviewRules(repository);
    if (!channels.of(channel)) return;
    const showsCosts = internalsOn.some((one) => isSameName(one, repository)) || (await repositories.isPrivate(repository)) === true;
    const id = `auto-review:${repository.toLowerCase()}#${number}:${headSha}:${trigger}`;
    const wish = { id, repository, number, headSha, channel, how: trigger, showsCosts, at: now() };
    await records.transaction(({ queue }) => queue.add(toReview(wish)));
  };
}

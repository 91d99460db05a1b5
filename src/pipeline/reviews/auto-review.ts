import type { Services } from "../../services.ts";
import { type Job, Postponed } from "../queue.ts";
import type { AutoReview } from "./auto-review-task.ts";
import { toReview } from "./wish.ts";

type Needs = Pick<Services, "reviewRules" | "records" | "timings" | "now">;

/** Begins the review of a pull request that nobody asked for. Where nobody is there to do it, that is seen as any other failure is. */
export function createAutoReview({ reviewRules, records, timings, now }: Needs): (job: Job) => Promise<void> {
  return async ({ payload }) => {
    const { repository, number, headSha, trigger, at } = payload as unknown as AutoReview;
    const waitMs = trigger === "push" ? at + timings.pushSettlesMs - now() : 0;
    if (waitMs > 0) throw new Postponed(waitMs);
    const { channel } = reviewRules(repository);
    const id = `auto-review:${repository.toLowerCase()}#${number}:${headSha}:${trigger}`;
    await records.transaction(({ queue }) => queue.add(toReview({ id, repository, number, headSha, channel, how: trigger, at: now() })));
  };
}

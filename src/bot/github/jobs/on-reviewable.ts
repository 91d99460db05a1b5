import { z } from "zod";
import type { NewJob } from "../../../pipeline/queue.ts";
import { isReviewedOn, toAutoReview } from "../../../pipeline/reviews/auto-review-task.ts";
import type { ReviewRules, ReviewTrigger } from "../../../pipeline/reviews/rules.ts";

const PullRequest = z.object({ action: z.string() });
const Reviewable = z.object({
  number: z.int(),
  repository: z.object({ full_name: z.string() }),
  pull_request: z.object({ head: z.object({ sha: z.string() }) }),
});

/** What is open again is reviewed as when it was opened. */
const triggers: ReadonlyMap<string, ReviewTrigger> = new Map([
  ["opened", "opened"],
  ["reopened", "opened"],
  ["ready_for_review", "ready"],
  ["synchronize", "push"],
]);

/** There is something to review, where the settings say that it is reviewed without anybody asking. */
export function onReviewable(payload: unknown, reviews: readonly ReviewRules[], receivedAt: number): NewJob | undefined {
  const trigger = triggers.get(PullRequest.parse(payload).action);
  if (trigger === undefined || reviews.length === 0) return undefined;
  const { number, repository, pull_request: pull } = Reviewable.parse(payload);
  if (!isReviewedOn(reviews, repository.full_name, trigger)) return undefined;
  return toAutoReview({ repository: repository.full_name, number, headSha: pull.head.sha, trigger }, receivedAt);
}

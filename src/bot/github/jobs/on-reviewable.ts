import { z } from "zod";
import type { NewJob } from "../../../pipeline/queue.ts";
import { isReviewedOn, type ReviewedOn, toAutoReview } from "../../../pipeline/reviews/auto-review-task.ts";
import type { ReviewTrigger } from "../../../pipeline/reviews/rules.ts";
import type { Known } from "../known.ts";

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

/** For the repositories whose pull requests are reviewed without anybody asking. */
export const reviewChanges = (payload: unknown, { settings, receivedAt }: Known): NewJob | undefined =>
  onReviewable(payload, settings.ai.reviews, receivedAt);

/** There is something to review, where the rules say that it is. */
export function onReviewable(payload: unknown, reviews: readonly ReviewedOn[], receivedAt: number): NewJob | undefined {
  const trigger = triggers.get(PullRequest.parse(payload).action);
  if (trigger === undefined || reviews.length === 0) return undefined;
  const { number, repository, pull_request: pull } = Reviewable.parse(payload);
  if (!isReviewedOn(reviews, repository.full_name, trigger)) return undefined;
  return toAutoReview({ repository: repository.full_name, number, headSha: pull.head.sha, trigger, at: receivedAt });
}

import type { NewJob } from "../queue.ts";
import { isSameName } from "../same-name.ts";
import type { ReviewRules, ReviewTrigger } from "./rules.ts";

/** The task of the job that reviews a pull request though nobody asked. */
export const autoReviewTask = "auto-review";

export interface AutoReview {
  readonly repository: string;
  readonly number: number;
  /** Its head when that happened. */
  readonly headSha: string;
  readonly trigger: ReviewTrigger;
  /** When we were told, in milliseconds since the epoch. */
  readonly at: number;
}

/** A job for each head and reason, however often it is delivered. */
export function toAutoReview({ repository, number, headSha, trigger, at }: AutoReview): NewJob {
  const pull = `${repository.toLowerCase()}#${number}`;
  return {
    id: `${autoReviewTask}:${pull}:${headSha}:${trigger}`,
    task: autoReviewTask,
    payload: { repository, number, headSha, trigger, at },
    lane: `${autoReviewTask}:${pull}`,
  };
}

/** What of the rules says when they apply. */
export type ReviewedOn = Pick<ReviewRules, "repository" | "on">;

/** Whether pull requests of the repository are reviewed for that reason. */
export const isReviewedOn = (reviews: readonly ReviewedOn[], repository: string, trigger: ReviewTrigger): boolean =>
  reviews.some((rules) => isSameName(rules.repository, repository) && rules.on.includes(trigger));

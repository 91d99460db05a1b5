import type { AskedCommand } from "../asked.ts";
import type { Json } from "../json.ts";
import type { NewJob } from "../queue.ts";
import type { ReviewChannel, ReviewTrigger } from "./rules.ts";

/** What is to be reviewed, and how. */
export interface ReviewWish {
  /** Names it for ever. */
  readonly id: string;
  readonly repository: string;
  readonly number: number;
  /** The head that it is about. */
  readonly headSha: string;
  readonly channel: ReviewChannel;
  /** `forced`: all of it anew. `asked`: some of it, or with something in mind. Else what made it begin by itself. */
  readonly how: "forced" | "asked" | ReviewTrigger;
  /** Files by path or glob; all when absent. */
  readonly paths?: readonly string[];
  readonly focus?: string;
  readonly withPhase?: boolean;
  /** Whoever asked, and where they are answered; absent where nobody did. */
  readonly asked?: AskedCommand;
  /** Whoever asked may read what it cost. What stands on the pull request is read by others, too. */
  readonly showsMoney?: true;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The task of the job that reviews. */
export const reviewTask = "review-pull";

/** Half a minute of an outage, while somebody waits; else an hour. */
export const reviewAttempts = ({ asked }: Pick<ReviewWish, "asked">): number => (asked ? 6 : 40);

/** One after the other for each pull request and channel: each knows what the one before has said. */
export const toReview = (wish: ReviewWish): NewJob => ({
  id: `${reviewTask}:${wish.id}`,
  task: reviewTask,
  payload: wish as unknown as Json,
  lane: `${reviewTask}:${wish.repository.toLowerCase()}#${wish.number}:${wish.channel}`,
  maxAttempts: reviewAttempts(wish),
});

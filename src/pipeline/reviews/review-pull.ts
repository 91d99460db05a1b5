import { ServiceError, storage, UserError } from "../../errors.ts";
import type { Reply } from "../../reply.ts";
import { text } from "../../reply.ts";
import { finishAsked } from "../asked.ts";
import type { Job } from "../queue.ts";
import { type RunReviewNeeds, runReview } from "./run-review.ts";
import { tellReview } from "./tell-review.ts";
import { type ReviewWish, reviewAttempts } from "./wish.ts";

/** Reviews a pull request, and tells what came of it. What fails for good is told to whoever asked. */
export function createReview(services: RunReviewNeeds): (job: Job) => Promise<void> {
  const { records, now } = services;
  return async ({ payload, attempt }) => {
    const wish = payload as unknown as ReviewWish;
    try {
      const end = await runReview(wish, services);
      await records.transaction((tx) => tellReview(tx, wish, end, services));
    } catch (error) {
      const { asked } = wish;
      const isOver =
        error instanceof UserError || (error instanceof ServiceError && error.service !== storage && attempt >= reviewAttempts);
      if (!isOver) throw error;
      if (asked) await records.transaction((tx) => finishAsked(asked, toReply(error), tx, now()));
    }
  };
}

function toReply(error: UserError | ServiceError): Reply {
  if (error instanceof ServiceError) {
    const sentence = `${error.message} So there is no review. Ask again in a few minutes.`;
    return { outcome: "failed", reason: "service_failed", audience: "thread", parts: [text(sentence, "bad")] };
  }
  const { outcome, reason, message, parts, actions } = error;
  return { outcome, reason, audience: "thread", parts: [text(message, "bad"), ...parts], ...(actions.length > 0 && { actions }) };
}

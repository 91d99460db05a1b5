import { ServiceError, storage, UserError } from "../../errors.ts";
import type { Reply } from "../../reply.ts";
import { text } from "../../reply.ts";
import type { Services } from "../../services.ts";
import { awaitFirstAnswer } from "../asked.ts";
import { mayTellInternals } from "../may-tell-internals.ts";
import { type Job, Postponed } from "../queue.ts";
import { isTold } from "../told-once.ts";
import { type RunReviewNeeds, runReview } from "./run-review.ts";
import { tellNoReview, tellReview } from "./tell-review.ts";
import { type ReviewWish, reviewAttempts } from "./wish.ts";

type Needs = RunReviewNeeds & Pick<Services, "repositories" | "internalsOn">;

/** Reviews a pull request, and tells what came of it: once, however often the job runs. What fails for good is told, too. */
export function createReview(services: Needs): (job: Job) => Promise<void> {
  const { records, now } = services;
  return async ({ payload, attempt }) => {
    const wish = payload as unknown as ReviewWish;
    const { id, asked, repository } = wish;
    const isOver = await records.transaction(async (tx) => {
      if (await isTold(id, tx)) return true;
      if (asked) await awaitFirstAnswer(asked, tx, now());
      return false;
    });
    if (isOver) return;

    try {
      const showsCosts = await mayTellInternals(repository, services);
      const end = await runReview(wish, services);
      await records.transaction((tx) => tellReview(tx, wish, end, { now: now(), showsCosts }));
    } catch (error) {
      const reply = attempt >= reviewAttempts(wish) ? (toReply(error) ?? ofBug(error)) : isFinal(error) ? toReply(error) : undefined;
      if (!reply) throw error;
      await records.transaction((tx) => tellNoReview(tx, wish, reply, { now: now() }));
      // A mistake of ours is no more than told: the log has to have it.
      if (reply.reason === bug) throw error;
    }
  };
}

const bug = "bug";

/** Whether another try would end in the same. */
const isFinal = (error: unknown): boolean => error instanceof UserError || (error instanceof ServiceError && !error.retryable);

function toReply(error: unknown): Reply | undefined {
  if (error instanceof UserError) {
    const { outcome, reason, message, parts, actions } = error;
    return { outcome, reason, audience: "thread", parts: [text(message, "bad"), ...parts], ...(actions.length > 0 && { actions }) };
  }
  if (!(error instanceof ServiceError) || error.service === storage) return undefined;
  return failed("service_failed", `${error.message} So there is no review. Ask again in a few minutes.`);
}

/** Where the storage fails nothing can be told, and what is put off is no failure. */
const ofBug = (error: unknown): Reply | undefined =>
  error instanceof ServiceError || error instanceof Postponed
    ? undefined
    : failed(bug, "Something went wrong here, which is a mistake of ours: the log says what. So there is no review.");

const failed = (reason: string, sentence: string): Reply => ({
  outcome: "failed",
  reason,
  audience: "thread",
  parts: [text(sentence, "bad")],
});

import { UserError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { type Asked, type AskNeeds, type AskResult, ask } from "../ai/ask.ts";
import { shortSha } from "../next-step.ts";
import { askingOf } from "./asking-of.ts";
import { type JoinedAnswers, joinAnswers } from "./join-answers.ts";
import { nothingToReview } from "./nothing-to-review.ts";
import { type Prepared, type PrepareNeeds, prepareReview } from "./prepare.ts";
import type { ReviewAnswer } from "./review.ts";
import { findReview } from "./review-state.ts";
import { type Skip, skipOf } from "./skip.ts";
import type { ReviewWish } from "./wish.ts";

export type RunReviewNeeds = PrepareNeeds & AskNeeds & Pick<Services, "channels">;

/** Who was asked, and what it took. */
export type Said = Extract<Asked<ReviewAnswer>, { kind: "asked" }>;

/** What came of a review, before anybody is told. */
export type ReviewEnd =
  /** Nobody was asked, for a reason that lies in the pull request. */
  | { readonly kind: "skipped"; readonly prepared: Prepared; readonly skip: Skip }
  /** All of that head was looked at before, or a later one has a review of its own: nothing is left to be told. */
  | { readonly kind: "needless"; readonly prepared: Prepared }
  /** Something came since the last one, of which nothing can be looked at: files were removed, or the base was merged. */
  | { readonly kind: "nothing_new"; readonly prepared: Prepared }
  /** Nobody was asked: no money, or a limit. */
  | { readonly kind: "refused"; readonly prepared: Prepared; readonly refusal: Extract<Asked<never>, { kind: "refused" }> }
  | {
      readonly kind: "failed";
      readonly prepared: Prepared;
      readonly failure: Extract<AskResult<never>, { kind: "failed" }>;
      readonly said: Said;
    }
  | ({ readonly kind: "reviewed"; readonly prepared: Prepared; readonly said: Said } & JoinedAnswers);

/**
 * Reads the change, asks the channel, and checks what it says against the diff. Nobody is told yet.
 *
 * @throws UserError where it cannot be done and why; ServiceError where it may be later
 */
export async function runReview(wish: ReviewWish, services: RunReviewNeeds): Promise<ReviewEnd> {
  const { repository, number, channel, asked, how } = wish;
  const before = await services.records.transaction(({ notes }) => findReview(notes, { repository, pullRequest: number, channel }));
  const isByItself = asked === undefined;
  const since = isByItself ? before?.wholeTo : undefined;
  const prepared = await prepareReview(wish, since, services);
  const { pull, files, rules, plan, prompts } = prepared;
  const hasMoved = pull.headSha !== wish.headSha;
  if (!isByItself && hasMoved) throw moved(wish, pull.headSha);
  if (since === pull.headSha || (how === "push" && hasMoved)) return { kind: "needless", prepared };
  const skip = skipOf({ pull, files, rules, isMembersWord: !isByItself });
  if (skip) return { kind: "skipped", prepared, skip };
  if (plan.calls.length === 0) {
    if (!isByItself) throw nothingToReview(prepared);
    return prepared.since === undefined ? { kind: "skipped", prepared, skip: nothingFits } : { kind: "nothing_new", prepared };
  }

  const said = await ask(prompts, await askingOf(wish, pull.headSha, services), services);
  if (said.kind === "refused") return { kind: "refused", prepared, refusal: said };
  const answers = said.results.map((result) => (result.kind === "answered" ? result.value : undefined));
  const failure = said.results.find((result) => result.kind === "failed");
  if (failure && !answers.some((answer) => answer)) return { kind: "failed", prepared, failure, said };
  return { kind: "reviewed", prepared, said, ...joinAnswers(prepared, answers, services.secrets) };
}

const nothingFits: Skip = { why: "nothing_to_review", words: "No part of the change fits into a review.", canForce: false };

function moved({ number, headSha }: ReviewWish, now: string): UserError {
  const sentence = `#${number} has moved from @${shortSha(headSha)} to @${shortSha(now)}, so nothing was asked. Ask again for the new head.`;
  return new UserError("refused", "head_moved", sentence);
}

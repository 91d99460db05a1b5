import { facts, type Reply } from "../../reply.ts";
import { stoodInBecause } from "../ai/failure-in-words.ts";
import { endOfFailure, endOfRefusal, replyToFailure, replyToRefusal } from "../ai/reply-to-failure.ts";
import { putCheck } from "../own-checks.ts";
import type { Transaction } from "../records.ts";
import { noteTold } from "../told-once.ts";
import { showUsd } from "../usage/money.ts";
import { describeFailed, describeSkipped } from "./describe-review.ts";
import { finishReview } from "./finish-review.ts";
import { checkOf } from "./put-review.ts";
import { findReview, type ReviewOf } from "./review-state.ts";
import type { ReviewEnd } from "./run-review.ts";
import { tellFindings } from "./tell-findings.ts";
import type { ReviewWish } from "./wish.ts";

export interface Telling {
  readonly now: number;
  /** What stands on the pull request may say what it cost: not where everybody reads it. */
  readonly showsCosts: boolean;
}

/** Tells what came of a review wherever it is to be seen, and writes it down: all of it, or nothing. */
export async function tellReview(tx: Transaction, wish: ReviewWish, end: ReviewEnd, telling: Telling): Promise<void> {
  await noteTold(wish.id, tx);
  const reply = await replyTo(tx, wish, end, telling);
  if (reply) await finishReview(wish, reply, tx, telling.now);
}

/** Tells why there is no review, where that was found out before the change was looked at. */
export async function tellNoReview(tx: Transaction, wish: ReviewWish, reply: Reply, { now }: Pick<Telling, "now">): Promise<void> {
  await noteTold(wish.id, tx);
  if (!wish.asked) await putFailure(tx, wish, wish.headSha, reply.reason, wordsOf(reply));
  await finishReview(wish, reply, tx, now);
}

/** Undefined where there is nothing to say. */
async function replyTo(tx: Transaction, wish: ReviewWish, end: ReviewEnd, { showsCosts }: Telling): Promise<Reply | undefined> {
  const { headSha } = end.prepared.pull;
  switch (end.kind) {
    case "needless":
      return undefined;
    case "skipped": {
      const reply = describeSkipped(end.skip, { surface: "github", state: { ...ofWish(wish), sha: headSha } });
      // Nobody looks for a review of what is closed, and one that stands there tells more.
      if (end.skip.why !== "closed" && !(await isReviewed(tx, wish, headSha)))
        await putCheck(tx.outbox, checkOf(ofWish(wish), headSha), reply);
      return reply;
    }
    case "refused": {
      const words = wordsOf(replyToRefusal(end.refusal, { showsMoney: showsCosts }));
      await putFailure(tx, wish, headSha, endOfRefusal[end.refusal.reason].reason, words);
      return replyToRefusal(end.refusal, { showsMoney: wish.showsMoney === true });
    }
    case "failed": {
      const { failure } = end;
      await putFailure(tx, wish, headSha, endOfFailure[failure.failure].reason, wordsOf(replyToFailure(failure)));
      const known = circumstances(end, wish);
      return replyToFailure(failure, ...(known.length > 0 ? [facts(...known)] : []));
    }
    case "nothing_new":
    case "reviewed":
      return tellFindings(tx, wish, end, { showsCosts });
  }
}

/** Shows in the check run that it failed; where whoever asked is told, a review of the same commit stays. */
async function putFailure(tx: Transaction, wish: ReviewWish, headSha: string, failure: string, words: string): Promise<void> {
  const of = ofWish(wish);
  const before = await findReview(tx.notes, of);
  if (wish.asked && before?.sha === headSha) return;
  const reply = describeFailed({ surface: "github", state: { ...of, sha: headSha }, ...(before && { before }), failure, words });
  await putCheck(tx.outbox, checkOf(of, headSha), reply);
}

const isReviewed = async ({ notes }: Transaction, wish: ReviewWish, headSha: string): Promise<boolean> =>
  (await findReview(notes, ofWish(wish)))?.sha === headSha;

const ofWish = ({ repository, number, channel }: ReviewWish): ReviewOf => ({ repository, pullRequest: number, channel });

const wordsOf = ({ parts }: Reply): string => parts.flatMap((part) => (part.kind === "text" ? [part.text] : [])).join(" ");

/** Who was asked before, and what it took all the same. */
function circumstances({ said: { passedOver, costPico } }: Extract<ReviewEnd, { kind: "failed" }>, { showsMoney }: ReviewWish) {
  const before = passedOver.map(({ provider: { name }, model, failure }) => stoodInBecause({ failure, name, model }));
  return [
    ...(before.length > 0 ? [{ label: "Asked before", value: [...new Set(before)].join("; ") }] : []),
    ...(showsMoney && costPico > 0n ? [{ label: "Cost", value: showUsd(costPico) }] : []),
  ];
}

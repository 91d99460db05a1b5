import type { Reply } from "../../reply.ts";
import type { Services } from "../../services.ts";
import { failureInWords, stoodInBecause } from "../ai/failure-in-words.ts";
import { endOfFailure, endOfRefusal, replyToFailure, replyToRefusal } from "../ai/reply-to-failure.ts";
import { finishAsked } from "../asked.ts";
import { ownAsker } from "../operations/own-asker.ts";
import { putCheck } from "../own-checks.ts";
import type { Transaction } from "../records.ts";
import { describeInline } from "./describe-inline.ts";
import { describeFailed, describeSkipped, type ToldReview } from "./describe-review.ts";
import type { Finding } from "./finding.ts";
import { toHideFindings } from "./finding-comments.ts";
import { keepFindings, markPosted } from "./keep-findings.ts";
import { checkOf, inShort, putReview, summaryKey } from "./put-review.ts";
import { findReview, type ReviewOf, type ReviewState, storeReview } from "./review-state.ts";
import type { ReviewEnd } from "./run-review.ts";
import { storeTold } from "./told-review.ts";
import type { ReviewWish } from "./wish.ts";

type Reviewed = Extract<ReviewEnd, { kind: "reviewed" }>;

/** Tells what came of a review wherever it is to be seen, and writes it down: all of it, or nothing. */
export async function tellReview(tx: Transaction, wish: ReviewWish, end: ReviewEnd, { now }: Pick<Services, "now">): Promise<void> {
  const reply = await replyTo(tx, wish, end);
  if (!reply) return;
  if (wish.asked) return finishAsked(wish.asked, reply, tx, now());
  await tx.audit.append({
    intent: `${wish.id}:end`,
    endedAt: now(),
    durationMs: now() - wish.at,
    surface: ownAsker.surface,
    actor: ownAsker.key,
    actorName: ownAsker.name,
    command: "auto-review",
    text: `review by ${wish.channel} (${wish.how})`,
    repository: wish.repository,
    pullRequest: wish.number,
    outcome: reply.outcome,
    reason: reply.reason,
    reply,
  });
}

/** Undefined where there is nothing to say. */
async function replyTo(tx: Transaction, wish: ReviewWish, end: ReviewEnd): Promise<Reply | undefined> {
  const of: ReviewOf = { repository: wish.repository, pullRequest: wish.number, channel: wish.channel };
  const { pull } = end.prepared;
  const about = { surface: "github", state: { ...of, sha: pull.headSha } } as const;
  const check = checkOf(of, pull.headSha);
  switch (end.kind) {
    case "nothing_new":
      return undefined;
    case "skipped": {
      const reply = describeSkipped(end.skip, about);
      // Nobody looks for a review of what is closed.
      if (end.skip.why !== "closed") await putCheck(tx.outbox, check, reply);
      return reply;
    }
    case "refused": {
      const { refusal } = end;
      const reply = replyToRefusal(refusal, { showsMoney: wish.showsCosts });
      const { reason: failure } = endOfRefusal[refusal.reason];
      await putCheck(tx.outbox, check, describeFailed({ ...about, ...(await foundBefore(tx, of)), failure, words: wordsOf(reply) }));
      return reply;
    }
    case "failed": {
      const reply = replyToFailure(end.failure);
      const { reason: failure } = endOfFailure[end.failure.failure];
      await putCheck(tx.outbox, check, describeFailed({ ...about, ...(await foundBefore(tx, of)), failure, words: wordsOf(reply) }));
      return reply;
    }
    case "reviewed":
      return tellFindings(tx, wish, of, end);
  }
}

async function foundBefore({ notes }: Transaction, of: ReviewOf): Promise<{ readonly before?: ReviewState }> {
  const before = await findReview(notes, of);
  return before ? { before } : {};
}

const wordsOf = ({ parts }: Reply): string => parts.flatMap((part) => (part.kind === "text" ? [part.text] : [])).join(" ");

async function tellFindings(tx: Transaction, wish: ReviewWish, of: ReviewOf, end: Reviewed): Promise<Reply> {
  const { prepared, checked, paths, left } = end;
  const { pull, since, isCut } = prepared;
  const { state, toPost } = keepFindings(await findReview(tx.notes, of), {
    ...of,
    sha: pull.headSha,
    scope: since === undefined && wish.paths === undefined ? "full" : "increment",
    paths,
    left,
    isWhole: !isCut,
    findings: checked.findings,
  });
  const kept = markPosted(
    state,
    toPost.map(({ fingerprint }) => fingerprint),
    pull.headSha,
  );
  await storeReview(tx.notes, kept);
  const { subjectId } = pull;
  const told: ToldReview = { state: kept, ...toldWith(wish, end) };
  const { state: _, ...rest } = told;
  await storeTold(tx.notes, of, { ...rest, subjectId });
  await putReview(tx, told, subjectId);
  if (toPost.length > 0) await putInline(tx, wish, pull, toPost);
  const gone = kept.findings.filter(({ goneAt, inlineAt }) => goneAt === pull.headSha && inlineAt !== undefined);
  if (gone.length > 0) {
    const findings = gone.map(({ fingerprint }) => fingerprint);
    await tx.queue.add(toHideFindings({ repository: pull.repository, subjectId, headSha: pull.headSha, findings }));
  }
  return inShort(told);
}

function toldWith({ showsCosts }: ReviewWish, { prepared, said, summaries, checked, left }: Reviewed): Omit<ToldReview, "state"> {
  const { pull, since } = prepared;
  const answered = said.results.filter((result) => result.kind === "answered");
  const failed = said.results.filter((result) => result.kind === "failed");
  const [first] = answered;
  const stoodIn = said.passedOver.map(({ provider: { name }, model, failure }) => `${stoodInBecause({ failure, name, model })}.`);
  return {
    url: pull.url,
    surface: "github",
    summaries,
    left,
    ...(since !== undefined && { sinceSha: since }),
    dropped: checked.dropped,
    ...(first && { answeredBy: { model: first.model, service: first.name } }),
    ...(stoodIn.length > 0 && { stoodIn: [...new Set(stoodIn)] }),
    ...(failed.length > 0 && { unanswered: [...new Set(failed.map(failureInWords))] }),
    ...(showsCosts && { costPico: said.costPico }),
    ...(answered.every(({ keptAt }) => keptAt !== undefined) && failed.length === 0 && { isCached: true as const }),
  };
}

/** Beside their lines, all in one review, so that people get one mail. */
async function putInline(
  { outbox }: Transaction,
  wish: ReviewWish,
  pull: Reviewed["prepared"]["pull"],
  findings: readonly Finding[],
): Promise<void> {
  const { repository, subjectId, headSha } = pull;
  const placed = findings.flatMap((finding) => {
    const { line, endLine = line, path, fingerprint } = finding;
    if (line === undefined || endLine === undefined) return [];
    const thread = { path, line: endLine, ...(endLine > line && { startLine: line }), finding: fingerprint };
    return [{ thread, reply: { outcome: "done", reason: "review_finding", audience: "thread", parts: describeInline(finding) } as const }];
  });
  await outbox.put({
    key: `review:inline:${wish.id}`,
    lane: summaryKey({ repository, pullRequest: pull.number, channel: wish.channel }),
    address: { surface: "github_review", repository, subjectId, headSha, threads: placed.map(({ thread }) => thread) },
    answers: placed.map(({ reply }) => ({ reply })),
  });
}

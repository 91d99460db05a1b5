import { UserError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { type Asked, type AskNeeds, type AskResult, ask } from "../ai/ask.ts";
import { shortSha } from "../next-step.ts";
import { type CheckedFindings, checkFindings } from "./check-findings.ts";
import type { LeftOut } from "./left-out.ts";
import { nothingToReview } from "./nothing-to-review.ts";
import { type Prepared, type PrepareNeeds, prepareReview } from "./prepare.ts";
import type { ReviewAnswer } from "./review.ts";
import { findReview } from "./review-state.ts";
import { type Skip, skipOf } from "./skip.ts";
import type { ReviewWish } from "./wish.ts";

export type RunReviewNeeds = PrepareNeeds & AskNeeds & Pick<Services, "channels">;

type Said = Extract<Asked<ReviewAnswer>, { kind: "asked" }>;

/** What came of a review, before anybody is told. */
export type ReviewEnd =
  /** Nobody was asked, for a reason that lies in the pull request. */
  | { readonly kind: "skipped"; readonly prepared: Prepared; readonly skip: Skip }
  /** Nothing came since the last one. */
  | { readonly kind: "nothing_new"; readonly prepared: Prepared }
  /** Nobody was asked: no money, or a limit. */
  | { readonly kind: "refused"; readonly prepared: Prepared; readonly refusal: Extract<Asked<never>, { kind: "refused" }> }
  | {
      readonly kind: "failed";
      readonly prepared: Prepared;
      readonly failure: Extract<AskResult<never>, { kind: "failed" }>;
      readonly said: Said;
    }
  | {
      readonly kind: "reviewed";
      readonly prepared: Prepared;
      readonly said: Said;
      /** What was answered, call by call. */
      readonly summaries: readonly string[];
      readonly checked: CheckedFindings;
      /** The files that were looked at, and those that were not. */
      readonly paths: readonly string[];
      readonly left: readonly LeftOut[];
    };

/**
 * Reads the change, asks the channel, and checks what it says against the diff. Nobody is told yet.
 *
 * @throws UserError where it cannot be done and why; ServiceError where it may be later
 */
export async function runReview(wish: ReviewWish, services: RunReviewNeeds): Promise<ReviewEnd> {
  const { repository, number, channel, asked } = wish;
  const before = await services.records.transaction(({ notes }) => findReview(notes, { repository, pullRequest: number, channel }));
  const isByItself = asked === undefined;
  const since = isByItself ? before?.sha : undefined;
  const prepared = await prepareReview(wish, since, services);
  const { pull, files, rules, plan, prompts } = prepared;
  if (!isByItself && pull.headSha !== wish.headSha) throw moved(wish, pull.headSha);
  const skip = skipOf({ pull, files, rules, isMembersWord: !isByItself });
  if (skip) return { kind: "skipped", prepared, skip };
  if (since === pull.headSha) return { kind: "nothing_new", prepared };
  if (plan.calls.length === 0) {
    if (isByItself) return { kind: "nothing_new", prepared };
    throw nothingToReview(prepared);
  }

  const said = await ask(prompts, await askingOf(wish, pull.headSha, services), services);
  if (said.kind === "refused") return { kind: "refused", prepared, refusal: said };
  const answers = said.results.map((result) => (result.kind === "answered" ? result.value : undefined));
  const failure = said.results.find((result) => result.kind === "failed");
  if (failure && !answers.some((answer) => answer)) return { kind: "failed", prepared, failure, said };
  return { kind: "reviewed", prepared, said, ...joined(prepared, answers) };
}

/** The answers of all calls as one, checked against all that the pull request changes. */
function joined({ files, plan, rules }: Prepared, answers: readonly (ReviewAnswer | undefined)[]) {
  const shown = plan.calls.flatMap((call, index) => (answers[index] ? call.files.map(({ path }) => path) : []));
  const unanswered = plan.calls.flatMap((call, index) => (answers[index] ? [] : call.files.map(({ path }) => path)));
  const paths = new Set(shown);
  const findings = answers.flatMap((answer) => answer?.findings ?? []);
  return {
    summaries: answers.flatMap((answer) => answer?.summary ?? []),
    checked: checkFindings(
      findings,
      files.filter(({ path }) => paths.has(path)),
      rules.mostFindings,
    ),
    paths: [...paths],
    left: [
      ...plan.left,
      ...[...new Set(unanswered)].map((path): LeftOut => ({ path, why: "not_answered", ...(paths.has(path) && { isPart: true }) })),
    ],
  };
}

async function askingOf(wish: ReviewWish, headSha: string, { records }: Pick<Services, "records">) {
  const { id, repository, number: pullRequest, channel, how, asked, at } = wish;
  const actor = asked?.asker.account?.login;
  // Who asked for the same while it was under way gets the same.
  const answered = await records.transaction(({ asks }) =>
    asks.list({ purpose: "review", channel, repository, since: at - longestReviewMs }, 50),
  );
  const isThere = answered.some(
    (one) => one.pullRequest === pullRequest && one.headSha === headSha && one.end?.outcome === "answered" && one.end.at > at,
  );
  return {
    id: `review:${id}`,
    channel,
    repository,
    pullRequest,
    headSha,
    ...(actor !== undefined && { actor }),
    ...(how === "forced" && !isThere && { isForced: true }),
  };
}

const longestReviewMs = 60 * 60_000;

function moved({ number, headSha }: ReviewWish, now: string): UserError {
  const sentence = `#${number} has moved from @${shortSha(headSha)} to @${shortSha(now)}, so nothing was asked. Ask again for the new head.`;
  return new UserError("refused", "head_moved", sentence);
}

import type { Reply } from "../../reply.ts";
import { failureInWords, stoodInBecause } from "../ai/failure-in-words.ts";
import type { Transaction } from "../records.ts";
import { carryLeft } from "./carry-left.ts";
import type { ToldReview } from "./describe-review.ts";
import { toHideFindings } from "./finding-comments.ts";
import { keepFindings, markPosted } from "./keep-findings.ts";
import { putInline } from "./put-inline.ts";
import { inShort, putReview } from "./put-review.ts";
import { findReview, type ReviewOf, type ReviewState, storeReview } from "./review-state.ts";
import type { ReviewEnd } from "./run-review.ts";
import { findTold, storeTold } from "./told-review.ts";
import type { ReviewWish } from "./wish.ts";

type Reviewed = Extract<ReviewEnd, { kind: "reviewed" }>;
type Looked = Reviewed | Extract<ReviewEnd, { kind: "nothing_new" }>;

/**
 * Joins what was found with what was found before, stores it, and shows it: in the summary, beside the lines, and by hiding what is gone.
 *
 * @returns what it comes to, for whoever asked
 */
export async function tellFindings(
  tx: Transaction,
  wish: ReviewWish,
  end: Looked,
  { showsCosts }: { readonly showsCosts: boolean },
): Promise<Reply> {
  const of: ReviewOf = { repository: wish.repository, pullRequest: wish.number, channel: wish.channel };
  const { pull, files, since, isCut } = end.prepared;
  const { headSha, subjectId } = pull;
  const { paths, left, findings } =
    end.kind === "reviewed"
      ? { paths: end.paths, left: end.left, findings: end.checked.findings }
      : { paths: [], left: end.prepared.plan.left, findings: [] };
  const isPart = since !== undefined || wish.paths !== undefined;
  const before = await findReview(tx.notes, of);
  const scope = isPart ? "increment" : "full";
  const { state, toPost } = keepFindings(before, { ...of, sha: headSha, scope, paths, left, isWhole: !isCut, findings });
  const posted = toPost.map(({ fingerprint }) => fingerprint);
  const wholeTo = wholeAfter(wish, end, before);
  const kept = { ...markPosted(state, posted, headSha), ...(wholeTo !== undefined && { wholeTo }) };
  await storeReview(tx.notes, kept);

  const told = await findTold(tx.notes, of);
  const all = files.map(({ path }) => path);
  const shown: Omit<ToldReview, "state"> = {
    url: pull.url,
    surface: "github",
    summaries: told?.summaries ?? [],
    dropped: 0,
    ...(end.kind === "reviewed" && answeredWith(end)),
    left: isPart ? carryLeft(told?.left ?? [], { all, paths, left }) : left,
    ...(since !== undefined && { sinceSha: since }),
  };
  const { costPico, isCostUncertain, ...forAll } = shown;
  const onPull = showsCosts ? shown : forAll;
  await storeTold(tx.notes, of, { ...onPull, subjectId });
  await putReview(tx, { ...onPull, state: kept }, subjectId);
  await putInline(tx, wish, pull, toPost);
  const gone = kept.findings.flatMap(({ goneAt, inlineAt, fingerprint }) =>
    goneAt === headSha && inlineAt !== undefined ? [fingerprint] : [],
  );
  if (gone.length > 0) await tx.queue.add(toHideFindings({ repository: pull.repository, subjectId, headSha, findings: gone }));
  return inShort({ ...(wish.showsMoney ? shown : forAll), state: kept });
}

/** Where some calls have no answer, or only some files were asked for, the next push looks at all of it again. */
function wholeAfter({ paths }: ReviewWish, end: Looked, before: ReviewState | undefined): string | undefined {
  const isAnswered = end.kind === "nothing_new" || end.said.results.every(({ kind }) => kind === "answered");
  return isAnswered && paths === undefined ? end.prepared.pull.headSha : before?.wholeTo;
}

function answeredWith({ said, summaries, checked }: Reviewed) {
  const answered = said.results.filter((result) => result.kind === "answered");
  const failed = said.results.filter((result) => result.kind === "failed");
  const [first] = answered;
  const stoodIn = said.passedOver.map(({ provider: { name }, model, failure }) => `${stoodInBecause({ failure, name, model })}.`);
  return {
    summaries,
    dropped: checked.dropped,
    ...(first && { answeredBy: { model: first.model, service: first.name } }),
    ...(stoodIn.length > 0 && { stoodIn: [...new Set(stoodIn)] }),
    ...(failed.length > 0 && { unanswered: [...new Set(failed.map(failureInWords))] }),
    costPico: said.costPico,
    ...(said.isCostUncertain && { isCostUncertain: true as const }),
    ...(failed.length === 0 && answered.every(({ keptAt }) => keptAt !== undefined) && { isCached: true as const }),
  };
}

import { z } from "zod";
import type { Bug } from "./labels.ts";
import type { ReviewOutcome, SaidPlace } from "./outcome.ts";
import type { DiffCase } from "./read-set.ts";
import { f1Of, Share, shareOf } from "./shares.ts";

export const ReviewFigures = z.strictObject({
  /** Findings that are a seeded bug; a second one of the same bug is not. */
  precision: Share,
  /** Seeded bugs that were found, of all in the diffs that were asked for: who does not answer finds none. */
  recall: Share,
  f1: z.number().nullable(),
  /** Findings for each clean diff that was answered. */
  falseAlarms: z.strictObject({ findings: z.int(), diffs: z.int(), perDiff: z.number().nullable() }),
  /** Clean diffs of which nothing was said. */
  silentOnClean: Share,
  /** Found bugs whose severity was one of those that fit. */
  severityAgrees: Share,
});
export type ReviewFigures = z.infer<typeof ReviewFigures>;

/** Reviewers point at the line before or after as well. */
const slackLines = 2;
/** Who points at half a file has found nothing. */
const longestPlace = 20;

export interface Matched {
  readonly bug: Bug;
  readonly finding: SaidPlace;
}

/** Which findings are which bugs: each finding and each bug at most once. */
export function matchFindings({ label }: Pick<DiffCase, "label">, findings: readonly SaidPlace[]): readonly Matched[] {
  const free = [...findings];
  return (label.bugs ?? []).flatMap((bug) => {
    const at = free.findIndex((finding) => fits(label.path, bug, finding));
    const [finding] = at === -1 ? [] : free.splice(at, 1);
    return finding ? [{ bug, finding }] : [];
  });
}

const fits = (path: string, { from, to }: Bug, { path: said, line, endLine }: SaidPlace): boolean =>
  said === path && from - slackLines <= line && line <= to + slackLines && (endLine ?? line) - line < longestPlace;

/** Whether all bugs were found, or nothing was said of a clean diff. */
export const isRightReview = (one: DiffCase, { answer }: ReviewOutcome): boolean =>
  answer !== null && (one.label.bugs ? matchFindings(one, answer).length === one.label.bugs.length : answer.length === 0);

/** Figures over what was asked; outcomes of cases that are not in the set are an error of the caller. */
export function scoreReviews(cases: readonly DiffCase[], outcomes: readonly ReviewOutcome[]): ReviewFigures {
  const byId = new Map(cases.map((each) => [each.id, each]));
  const asked = outcomes.map(({ case: id, answer }) => {
    const one = byId.get(id);
    if (!one) throw new RangeError(`The set has no case ${id}.`);
    return { one, answer, matched: matchFindings(one, answer ?? []) };
  });
  const findings = asked.reduce((sum, { answer }) => sum + (answer?.length ?? 0), 0);
  const bugs = asked.reduce((sum, { one }) => sum + (one.label.bugs?.length ?? 0), 0);
  const matched = asked.flatMap((each) => each.matched);
  const clean = asked.flatMap(({ one, answer }) => (one.label.clean !== undefined && answer ? [answer.length] : []));
  const alarms = clean.reduce((sum, count) => sum + count, 0);
  const [precision, recall] = [shareOf(matched.length, findings), shareOf(matched.length, bugs)];
  return {
    precision,
    recall,
    f1: f1Of(precision.share, recall.share),
    falseAlarms: { findings: alarms, diffs: clean.length, perDiff: clean.length === 0 ? null : alarms / clean.length },
    silentOnClean: shareOf(clean.filter((count) => count === 0).length, clean.length),
    severityAgrees: shareOf(matched.filter(({ bug, finding }) => bug.severities.includes(finding.severity)).length, matched.length),
  };
}

import { plainText } from "../ai/plain-text.ts";
import { mask } from "../logs/mask.ts";
import { type CheckedFindings, checkFindings } from "./check-findings.ts";
import type { LeftOut } from "./left-out.ts";
import type { Prepared } from "./prepare.ts";
import type { ReviewAnswer } from "./review.ts";

/** More than is shown of it. */
const longestSummary = 8_000;

/** What was said of a change, call by call, as one. */
export interface JoinedAnswers {
  readonly summaries: readonly string[];
  readonly checked: CheckedFindings;
  /** The files that were looked at, and those that were not. */
  readonly paths: readonly string[];
  readonly left: readonly LeftOut[];
}

/**
 * Checks the answers of all calls against what the pull request changes.
 *
 * @param answers one for each call of the plan, undefined where there is none
 */
export function joinAnswers(
  { files, plan, rules }: Pick<Prepared, "files" | "plan" | "rules">,
  answers: readonly (ReviewAnswer | undefined)[],
  secrets: readonly string[],
): JoinedAnswers {
  const pathsOf = (isAnswered: boolean) =>
    new Set(plan.calls.flatMap((call, index) => ((answers[index] !== undefined) === isAnswered ? call.files.map(({ path }) => path) : [])));
  const looked = pathsOf(true);
  const shown = files.filter(({ path }) => looked.has(path));
  const findings = answers.flatMap((answer) => answer?.findings ?? []);
  return {
    summaries: answers.flatMap((answer) => (answer ? mask(plainText(answer.summary, longestSummary), secrets) : [])),
    checked: checkFindings(findings, shown, rules.mostFindings, secrets),
    paths: [...looked],
    left: [
      ...plan.left,
      ...[...pathsOf(false)].map((path): LeftOut => ({ path, why: "not_answered", ...(looked.has(path) && { isPart: true }) })),
    ],
  };
}

import type { UsageQuery } from "../usage/ledger.ts";
import type { PicoUsd } from "../usage/money.ts";
import type { BudgetScope, PriceBook, Threshold } from "../usage/price-book.ts";
import type { Attribution } from "../usage/usage.ts";
import { type Period, periodOf } from "./period.ts";

/** What a budget is about: a session, a pull request, or everything in a span of time. */
export type Subject =
  | { readonly scope: "session"; readonly session: string }
  | { readonly scope: "pr"; readonly repository: string; readonly pullRequest: number }
  | { readonly scope: "hour" | "day" | "month"; readonly period: Period };

/** One budget, of one period where it has periods. */
export interface Budget {
  readonly subject: Subject;
  /** `session:<id>`, `pr:owner/name#12` in lower case, `hour`, `day`, `month`. */
  readonly key: string;
  /** The period's key; `always` where it has none. */
  readonly period: string;
  readonly threshold: Threshold;
}

export const keyOf = (subject: Subject): string => {
  switch (subject.scope) {
    case "session":
      return `session:${subject.session}`;
    case "pr":
      return `pr:${subject.repository.toLowerCase()}#${subject.pullRequest}`;
    default:
      return subject.scope;
  }
};

export const periodKeyOf = (subject: Subject): string => ("period" in subject ? subject.period.key : "always");

/** What it adds up. */
export function queryOf(subject: Subject): UsageQuery {
  switch (subject.scope) {
    case "session":
      return { session: subject.session };
    case "pr":
      return { repository: subject.repository, pullRequest: subject.pullRequest };
    default:
      return { since: subject.period.start, until: subject.period.end };
  }
}

/** Whose budgets a request at that moment counts against. */
export const subjectsOf = (attribution: Attribution, at: number, zone: string): readonly Subject[] => [
  ...ownSubjects(attribution),
  ...spansAt(at, zone),
];

/** The session and the pull request. */
export const ownSubjects = ({ session, repository, pullRequest }: Attribution): readonly Subject[] => [
  ...(session === undefined ? [] : [{ scope: "session", session } as const]),
  ...(repository === undefined || pullRequest === undefined ? [] : [{ scope: "pr", repository, pullRequest } as const]),
];

/** The hour, the day and the month. */
export const spansAt = (at: number, zone: string): readonly Extract<Subject, { period: Period }>[] =>
  (["hour", "day", "month"] as const).map((scope) => ({ scope, period: periodOf(scope, at, zone) }));

/** When the limit held that counts for it: now, or at the end of a period that is over, whatever was set since. */
export const limitAt = (subject: Subject, now: number): number => ("period" in subject ? Math.min(now, subject.period.end - 1) : now);

/** Undefined where the price book has no budget of this kind. */
export function budgetOf(subject: Subject, book: PriceBook, override?: PicoUsd): Budget | undefined {
  const usual = book.thresholds[subject.scope satisfies BudgetScope];
  if (!usual) return undefined;
  const threshold = override === undefined ? usual : raised(usual, override);
  return { subject, key: keyOf(subject), period: periodKeyOf(subject), threshold };
}

/** The warning keeps its share of the whole. */
function raised({ warningPico, criticalPico }: Threshold, to: PicoUsd): Threshold {
  return { warningPico: criticalPico === 0n ? to : (to * warningPico) / criticalPico, criticalPico: to };
}

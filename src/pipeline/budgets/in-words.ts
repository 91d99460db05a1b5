import { clipped } from "../logs/clipped.ts";
import { tokensInWords } from "../reports/words.ts";
import { divideHalfEven, type PicoUsd, showUsd } from "../usage/money.ts";
import type { Touched } from "./book.ts";
import type { Level } from "./levels.ts";

const longestName = 60;

/** `nextrust/nextrust#2`, `session 7f3a…`, `this hour`, `2026-11-23`, `November 2026`. */
export function subjectInWords(subject: Touched["subject"], zone: string): string {
  switch (subject.scope) {
    case "session":
      return `session ${clipped(subject.session, longestName)}`;
    case "pr":
      return `${subject.repository}#${subject.pullRequest}`;
    case "unpriced":
      return clipped(subject.model, longestName);
    default: {
      const start = Temporal.Instant.fromEpochMilliseconds(subject.period.start).toZonedDateTimeISO(zone);
      if (subject.scope === "month") return start.toLocaleString("en", { month: "long", year: "numeric" });
      const day = start.toPlainDate().toString();
      return subject.scope === "day" ? day : `the hour from ${start.toPlainTime().toString({ smallestUnit: "minute" })} on ${day}`;
    }
  }
}

/** `pull request`, `session`, `hour`, `day`, `month` */
export const scopeInWords = (scope: Touched["subject"]["scope"]): string =>
  scope === "pr" ? "pull request" : scope === "unpriced" ? "model" : scope;

/** `84 %`, half to even; what is something is never 0 %. */
export function percent(part: PicoUsd, whole: PicoUsd): string {
  if (whole <= 0n) return part > 0n ? "all of it and more" : "0 %";
  const rounded = divideHalfEven(part * 100n, whole);
  return part > 0n && rounded === 0n ? "<1 %" : `${rounded} %`;
}

/** `$21.40 of $20.00 (107 %)` */
export const spentOf = (spent: PicoUsd, limit: PicoUsd): string => `${showUsd(spent)} of ${showUsd(limit)} (${percent(spent, limit)})`;

export const levelInWords: Readonly<Record<Level, string>> = {
  forecast: "on its way over",
  burn: "spent fast",
  warning: "past its warning",
  critical: "spent",
  "150%": "one and a half times spent",
  "200%": "twice spent",
};

const mostModels = 3;

/** `, without 1.2M tokens of model-x, which have no price`; nothing where all have one. */
export function unpricedInWords(unpriced: readonly { readonly model: string; readonly tokens: number }[]): string {
  if (unpriced.length === 0) return "";
  const tokens = unpriced.reduce((sum, one) => sum + one.tokens, 0);
  const names = [...new Set(unpriced.map(({ model }) => clipped(model, longestName)))];
  const left = names.length - mostModels;
  const which = `${names.slice(0, mostModels).join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
  return `, without ${tokensInWords(tokens)} tokens of ${which}, which have no price`;
}

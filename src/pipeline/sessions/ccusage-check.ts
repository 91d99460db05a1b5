import type { Comparison, Difference } from "../usage/compare-ccusage.ts";
import { showUsd } from "../usage/money.ts";

/** What the check of a session against ccusage came to. */
export interface CcusageCheck {
  readonly outcome: "same" | "different" | "not_compared";
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** What differs and why, or why nothing was compared. */
  readonly sentence?: string;
  /** Whether each difference has a known cause. */
  readonly isExplained: boolean;
}

const mostCharacters = 500;

export function toCheck({ differences }: Comparison, at: number): CcusageCheck {
  if (differences.length === 0) return { outcome: "same", at, isExplained: true };
  return {
    outcome: "different",
    at,
    sentence: differences.map(inWords).join("; ").slice(0, mostCharacters),
    isExplained: differences.every(({ cause }) => cause !== "unexplained"),
  };
}

export const notCompared = (why: string, at: number): CcusageCheck => ({
  outcome: "not_compared",
  at,
  sentence: why.slice(0, mostCharacters),
  isExplained: false,
});

const inWords = ({ model, cause, why, theirs, ours }: Difference): string =>
  `${model}: ${ours ? showUsd(ours.costPico) : "nothing"} here, ${theirs ? showUsd(theirs.costPico) : "nothing"} in ccusage (${cause}: ${why})`;

import type { PicoUsd } from "../usage/money.ts";
import type { Threshold } from "../usage/price-book.ts";

/** Least first. */
export const levels = ["forecast", "burn", "warning", "critical", "150%", "200%"] as const;
export type Level = (typeof levels)[number];

/** Those that what was spent reaches by itself; the others look at its pace. */
export type SpentLevel = Exclude<Level, "forecast" | "burn">;

function spentAt(level: SpentLevel, { warningPico, criticalPico }: Threshold): PicoUsd {
  switch (level) {
    case "warning":
      return warningPico;
    case "critical":
      return criticalPico;
    case "150%":
      return (criticalPico * 3n) / 2n;
    case "200%":
      return criticalPico * 2n;
  }
}

const spentLevels: readonly SpentLevel[] = ["warning", "critical", "150%", "200%"];

/** The levels that were reached, least first; a budget of nothing is reached by the first pico-dollar. */
export const reached = (spent: PicoUsd, threshold: Threshold): readonly SpentLevel[] =>
  spentLevels.filter((level) => spent > 0n && spent >= spentAt(level, threshold));

export const bySeverity = (one: Level, other: Level): number => levels.indexOf(other) - levels.indexOf(one);

import type { PicoUsd } from "../usage/money.ts";
import type { Subject } from "./budget.ts";
import type { Level } from "./levels.ts";

/** A budget of which something has changed, so that it has to be looked at. */
export interface Touched {
  readonly key: string;
  readonly period: string;
  readonly subject: Subject | { readonly scope: "unpriced"; readonly model: string };
}

/** A budget reached a level in a period. */
export interface Crossing {
  /** As in Budget; `unpriced:<model>` where a model without a price was used. */
  readonly budget: string;
  readonly period: string;
  readonly level: Level;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly subject: Touched["subject"];
  /** What was spent then; for a forecast what will have been, for a burn what was in its window. */
  readonly spentPico: PicoUsd;
  /** The whole budget then. */
  readonly limitPico: PicoUsd;
  /** The alert that tells of it; absent where nobody is told, because it came to light late. */
  readonly alert?: string;
  /** When the limit was raised, or the spending corrected, so that it is no longer reached. */
  readonly takenBackAt?: number;
}

/** Somebody set another limit, for a while. */
export interface Override {
  readonly budget: string;
  readonly limitPico: PicoUsd;
  readonly by: string;
  readonly reason: string;
  /** Milliseconds since the epoch: from the one on, before the other. */
  readonly from: number;
  readonly until: number;
}

/** What is known of budgets beside what was spent. */
export interface BudgetBook {
  /** Notes that these have to be looked at; several notes of one are one. */
  touch(touched: readonly Touched[]): Promise<void>;
  /** Gives up to so many of them, and forgets that they were noted. */
  takeTouched(limit: number): Promise<readonly Touched[]>;
  /** Writes a crossing down; false when this budget reached this level in this period before and it was not taken back. */
  cross(crossing: Crossing): Promise<boolean>;
  /** Those of one budget and period that were not taken back. */
  crossings(budget: string, period: string): Promise<readonly Crossing[]>;
  /** Those that were taken back, the newest first. */
  takenBack(budget: string, period: string): Promise<readonly Crossing[]>;
  /** Everything that one alert tells of, also what was taken back. */
  ofAlert(alert: string): Promise<readonly Crossing[]>;
  /** Takes a crossing back, so that it may come again. */
  takeBack(crossing: Pick<Crossing, "budget" | "period" | "level">, at: number): Promise<void>;
  /** Budgets that have crossings since that moment which were not taken back. */
  crossedSince(at: number): Promise<readonly Touched[]>;
  /** A later one wins over an earlier one. */
  override(override: Override): Promise<void>;
  /** The one that holds at that moment. */
  overrideOf(budget: string, at: number): Promise<Override | undefined>;
}

import type { BudgetAnswer } from "../../bot/events/budget-wire.ts";
import type { Granted, Wish } from "../../pipeline/budgets/reservation.ts";

/** Whose budgets are asked for beside those of everybody. */
export interface AskedBudgets {
  readonly session?: string;
  readonly repository?: string;
  readonly pullRequest?: number;
}

/** Where budgets are kept: on this machine, or by a bot. */
export interface BudgetPlace {
  standings(asked: AskedBudgets): Promise<BudgetAnswer>;
  reserve(
    wish: Wish,
  ): Promise<Pick<Granted, "isGranted"> & { readonly message?: string; readonly leftUsd?: string; readonly retryAt?: string }>;
  /** False when there is none of that name. */
  settle(id: string): Promise<boolean>;
  close(): Promise<void>;
}

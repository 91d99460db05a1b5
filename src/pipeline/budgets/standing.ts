import type { Services } from "../../services.ts";
import type { Transaction } from "../records.ts";
import { type PicoUsd, sumOf } from "../usage/money.ts";
import type { Override } from "./book.ts";
import { type Budget, budgetOf, keyOf, limitAt, queryOf, type Subject } from "./budget.ts";
import { countsAgainst, type Outstanding, outstanding, type ReadsReservations } from "./outstanding.ts";
import { forecast, leastSessions } from "./pace.ts";

/** What is read to know how budgets stand. */
export type ReadsBudgets = ReadsReservations & Pick<Transaction, "budgets">;

export interface Unpriced {
  readonly model: string;
  readonly tokens: number;
}

/** How one budget stands now. */
export interface BudgetStanding {
  readonly budget: Budget;
  readonly spentPico: PicoUsd;
  /** Kept for what is under way: so much more may come. */
  readonly reservedPico: PicoUsd;
  /** Models of which no price is known, and how many tokens of theirs are in no amount. */
  readonly unpriced: readonly Unpriced[];
  readonly override?: Override;
  /** What will have been spent at the period's end, where it can be said. */
  readonly forecastPico?: PicoUsd;
  /** When it is spent if it goes on so, in milliseconds since the epoch. */
  readonly spentUpAt?: number;
}

/** How budgets stand, those that there are. */
export async function standings(
  subjects: readonly Subject[],
  tx: ReadsBudgets,
  { priceBook, now }: Pick<Services, "priceBook" | "now">,
): Promise<readonly BudgetStanding[]> {
  const reserved = await outstanding(tx);
  const found: BudgetStanding[] = [];
  for (const subject of subjects) {
    const override = await tx.budgets.overrideOf(keyOf(subject), limitAt(subject, now()));
    const budget = budgetOf(subject, priceBook, override?.limitPico);
    if (budget) found.push({ ...(await standingOf(budget, reserved, tx, now())), ...(override && { override }) });
  }
  return found;
}

async function standingOf(budget: Budget, reserved: readonly Outstanding[], tx: ReadsBudgets, now: number): Promise<BudgetStanding> {
  const { subject, threshold } = budget;
  const spentPico = await tx.ledger.meteredPico(queryOf(subject));
  const reservedPico = sumOf(reserved.filter(({ reservation }) => countsAgainst(reservation, subject)).map(({ leftPico }) => leftPico));
  const unpriced = (await tx.ledger.unpriced(queryOf(subject))).map(({ model, tokens }) => ({ model, tokens }));
  const found = { budget, spentPico, reservedPico, unpriced };
  if (subject.scope !== "month" && subject.scope !== "day") return found;

  const { period } = subject;
  const forecastPico = forecast(spentPico, await tx.ledger.countSessions(queryOf(subject), leastSessions), period, now);
  const left = threshold.criticalPico - spentPico;
  const isHeadedOver = forecastPico !== undefined && forecastPico > threshold.criticalPico && left > 0n;
  return {
    ...found,
    ...(forecastPico !== undefined && { forecastPico }),
    ...(isHeadedOver && { spentUpAt: now + Number((left * BigInt(now - period.start)) / spentPico) }),
  };
}

import type { BudgetAnswer } from "../../bot/events/budget-wire.ts";
import { spentOf } from "../../pipeline/budgets/in-words.ts";
import { reached } from "../../pipeline/budgets/levels.ts";
import type { ReachedBudget } from "../../pipeline/sessions/standings.ts";
import { type PicoUsd, parseUsd } from "../../pipeline/usage/money.ts";
import type { AskedBudgets } from "./place.ts";

/** The budgets of an answer whose warning, or all of which, is spent. */
export function reachedIn({ budgets }: BudgetAnswer, { session }: AskedBudgets): readonly ReachedBudget[] {
  return budgets.flatMap(({ scope, name, spentUsd, warningUsd, limitUsd, until }) => {
    const [spent, limit] = [pico(spentUsd), pico(limitUsd)];
    const levels = reached(spent, { warningPico: pico(warningUsd), criticalPico: limit });
    if (levels.length === 0) return [];
    const level = levels.includes("critical") ? "critical" : "warning";
    const argument = scope === "session" ? `session:${session}` : scope === "pull request" ? name : scope;
    return [{ level, name, argument, spent: spentOf(spent, limit), ...(until !== undefined && { until: Date.parse(until) }) }];
  });
}

const pico = (usd: string): PicoUsd => parseUsd(usd) ?? 0n;

import type { BudgetAnswer } from "../../bot/events/budget-wire.ts";
import { spentOf } from "../../pipeline/budgets/in-words.ts";
import { type PicoUsd, parseUsd } from "../../pipeline/usage/money.ts";

/** The budgets that are past their warning: `this hour: $41.00 of $50.00 (82 %)`. */
export const nearlySpent = ({ budgets }: Pick<BudgetAnswer, "budgets">): readonly string[] =>
  budgets
    .filter(({ spentUsd, reservedUsd, warningUsd }) => pico(spentUsd) + pico(reservedUsd) >= pico(warningUsd))
    .map(({ name, spentUsd, limitUsd }) => `${name}: ${spentOf(pico(spentUsd), pico(limitUsd))}`);

const pico = (usd: string): PicoUsd => parseUsd(usd) ?? 0n;

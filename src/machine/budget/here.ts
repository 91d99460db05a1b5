import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { BudgetAnswer } from "../../bot/events/budget-wire.ts";
import { usualSettingsFile } from "../../config/present.ts";
import { spentOf } from "../../pipeline/budgets/in-words.ts";
import { type PicoUsd, parseUsd } from "../../pipeline/usage/money.ts";
import { bookOf } from "../book-of.ts";
import { moneyOf } from "../money-of.ts";
import { localBudgets } from "./local.ts";

interface Place {
  readonly project: string;
  readonly dataDir: string;
}

/**
 * The budgets by the ledger of a checkout.
 *
 * @param settingsFile as NEXTRUST_CONFIG names it
 * @returns undefined where it has no ledger
 */
export async function budgetsHere(
  { project, dataDir }: Place,
  settingsFile: string | undefined,
  now: () => number,
): Promise<BudgetAnswer | undefined> {
  const state = join(dataDir, "nextrust.db");
  if (!existsSync(state)) return undefined;
  const settings = resolve(project, settingsFile ?? usualSettingsFile);
  const money = await moneyOf(settingsFile !== undefined || existsSync(settings) ? settings : undefined);
  return localBudgets(state, { money, priceBook: bookOf(settings), now }).standings({});
}

/** Those of which less is left than a warning leaves: `this hour: $41.00 of $50.00 (82 %)`. */
export const nearlySpent = ({ budgets }: BudgetAnswer): readonly string[] =>
  budgets
    .filter(({ spentUsd, reservedUsd, warningUsd }) => pico(spentUsd) + pico(reservedUsd) >= pico(warningUsd))
    .map(({ name, spentUsd, limitUsd }) => `${name}: ${spentOf(pico(spentUsd), pico(limitUsd))}`);

const pico = (usd: string): PicoUsd => parseUsd(usd) ?? 0n;

import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { BudgetAnswer } from "../../bot/events/budget-wire.ts";
import { usualSettingsFile } from "../../config/present.ts";

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
  const [{ bookOf }, { moneyOf }, { localBudgets }] = await Promise.all([
    import("../book-of.ts"),
    import("../money-of.ts"),
    import("./local.ts"),
  ]);
  const settings = resolve(project, settingsFile ?? usualSettingsFile);
  const money = await moneyOf(settingsFile !== undefined || existsSync(settings) ? settings : undefined);
  return localBudgets(state, { money, priceBook: bookOf(settings), now }).standings({});
}

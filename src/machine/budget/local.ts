import { toBudgetAnswer } from "../../bot/events/budget-wire.ts";
import type { Budgets } from "../../config/budgets.ts";
import { subjectsOf } from "../../pipeline/budgets/budget.ts";
import { settle } from "../../pipeline/budgets/expire.ts";
import { reserve } from "../../pipeline/budgets/reserve.ts";
import { standings } from "../../pipeline/budgets/standing.ts";
import { timings } from "../../pipeline/incidents/timings.ts";
import type { Records } from "../../pipeline/records.ts";
import { exactUsd } from "../../pipeline/usage/money.ts";
import type { PriceBook } from "../../pipeline/usage/price-book.ts";
import type { BudgetPlace } from "./place.ts";

interface Needs {
  readonly money: Budgets;
  readonly priceBook: PriceBook;
  readonly now: () => number;
}

/** The budgets of a state file, also while a bot works with it. Reading changes nothing; a reservation makes the file where there is none. */
export function localBudgets(file: string, given: Needs): BudgetPlace {
  const services = { ...given, timings };
  const write: Records["transaction"] = async (work) => {
    const { openEmbedded } = await import("../../state/embedded/open.ts");
    const state = await openEmbedded({ file });
    try {
      return await state.records.transaction(work);
    } finally {
      await state.close();
    }
  };
  return {
    async standings(asked) {
      const { readBudgets } = await import("../../state/embedded/read-budgets.ts");
      const book = await readBudgets(file);
      try {
        return toBudgetAnswer(await standings(subjectsOf(asked, services.now(), services.money.zone), book, services), services.money.zone);
      } finally {
        book.close();
      }
    },

    async reserve(wish) {
      const granted = await write((tx) => reserve(tx, wish, services));
      if (granted.isGranted) return { isGranted: true };
      const { message, leftPico, retryAt } = granted;
      return {
        isGranted: false,
        message,
        ...(leftPico !== undefined && { leftUsd: exactUsd(leftPico) }),
        ...(retryAt !== undefined && { retryAt: new Date(retryAt).toISOString() }),
      };
    },

    settle: (id) => write((tx) => settle(tx, id, services)),
    close: async () => {},
  };
}

import { budgetsHere } from "../../machine/budget/here.ts";
import { budgetTable } from "../budget/print.ts";
import type { Section } from "./section.ts";

/** What is spent of the budgets, by the ledger of the checkout. */
export const budgets: Section = async ({ place, settingsFile, now }) => {
  const answer = await budgetsHere(place, settingsFile, now);
  return { content: answer ?? null, parts: answer && answer.budgets.length > 0 ? [budgetTable(answer)] : [] };
};

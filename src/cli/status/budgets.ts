import { ledgerOf } from "../../machine/spool/ledger-of.ts";
import { budgetTable } from "../budget/print.ts";
import type { Section } from "./section.ts";

const askWithinMs = 5_000;

/** What is spent of the budgets, by the ledger that the hooks tell. */
export const budgets: Section = async ({ place, variables }) => {
  const answer = await (await ledgerOf({ ...place, variables })).standings({}, askWithinMs);
  return { content: answer, parts: answer.budgets.length > 0 ? [budgetTable(answer)] : [] };
};

import type { ReachedBudget } from "../../pipeline/sessions/standings.ts";
import type { Context } from "../context.ts";

const warnedForMs = 7 * 24 * 60 * 60_000;

export const isSpent = ({ level }: ReachedBudget): boolean => level === "critical";

/** What is past its warning, once in each session and period. */
export function warning(known: readonly ReachedBudget[], session: string, context: Context): string | undefined {
  const { once } = context.journal();
  const keyOf = ({ argument, until }: ReachedBudget) => `budget:warned:${session}:${argument}:${until ?? ""}`;
  const untold = known.filter((one) => !once.isTaken(keyOf(one), context.now()));
  const mine = untold.filter((one) => once.take(keyOf(one), warnedForMs, context.now()));
  if (mine.length === 0) return undefined;
  return `Most of the budget is spent: ${mine.map(inWords).join("; ")}. When all of it is, tools are stopped: finish what matters first.`;
}

export const inWords = ({ name, spent, until }: ReachedBudget): string =>
  `${name}: ${spent}${until === undefined ? "" : `, until ${new Date(until).toISOString().slice(0, 16)}Z`}`;

import type { Services } from "../../services.ts";
import type { Job, NewJob } from "../queue.ts";
import type { Transaction } from "../records.ts";
import type { Touched } from "./book.ts";
import { keyOf, periodKeyOf, subjectsOf } from "./budget.ts";
import { toEvaluateBudgets } from "./evaluate-task.ts";

/** The task of the job that has a budget looked at again, as when another limit holds no more. */
export const touchBudgetTask = "touch-budget";

export const toTouchBudget = (touched: Touched, runAt: number): NewJob => ({
  id: `${touchBudgetTask}:${touched.key}:${touched.period}:${runAt}`,
  task: touchBudgetTask,
  payload: { ...touched } as never,
  runAt,
});

export function createTouchBudget(services: Pick<Services, "records" | "timings" | "now">): (job: Job) => Promise<void> {
  return ({ payload }) => services.records.transaction((tx) => touchNow(tx, [payload as unknown as Touched], services));
}

/** Has budgets looked at soon. */
export async function touchNow(
  tx: Transaction,
  touched: readonly Touched[],
  { timings, now }: Pick<Services, "timings" | "now">,
): Promise<void> {
  if (touched.length === 0) return;
  await tx.budgets.touch(touched);
  await tx.queue.add(toEvaluateBudgets(now(), timings));
}

/** How far back a crossing may lie that another limit in the file could undo. */
const lookBackMs = 35 * 24 * 60 * 60_000;

/** At a start the file may say other limits than before: what is under way, and what was crossed, is looked at anew. */
export async function touchAtStart(tx: Transaction, services: Pick<Services, "money" | "timings" | "now">): Promise<void> {
  const { money, now } = services;
  const current = subjectsOf({}, now(), money.zone).map((subject) => ({ key: keyOf(subject), period: periodKeyOf(subject), subject }));
  const crossed = (await tx.budgets.crossedSince(now() - lookBackMs)).filter(({ subject }) => subject.scope !== "unpriced");
  await touchNow(tx, [...current, ...crossed], services);
}

import type { Services } from "../../services.ts";
import type { Job, NewJob } from "../queue.ts";
import type { Transaction } from "../records.ts";
import type { LedgerEntry, Place } from "../usage/ledger.ts";
import type { Touched } from "./book.ts";
import { keyOf, periodKeyOf, type Subject, subjectsOf } from "./budget.ts";
import { toEvaluateBudgets } from "./evaluate-task.ts";
import { periodOf } from "./period.ts";
import { touchedBy } from "./touched-by.ts";

/** The task of the job that has a budget looked at again, as when another limit holds no more. */
export const touchBudgetTask = "touch-budget";

export const toTouchBudget = (touched: Touched, runAt: number): NewJob => ({
  id: `${touchBudgetTask}:${touched.key}:${touched.period}:${runAt}`,
  task: touchBudgetTask,
  payload: { ...touched } as never,
  runAt,
});

export function createTouchBudget(services: Pick<Services, "records" | "money" | "timings" | "now">): (job: Job) => Promise<void> {
  const { records, money, now } = services;
  return ({ payload }) => {
    const touched = payload as unknown as Touched;
    const { subject } = touched;
    // A limit may have held for many days: the one that is under way is another now.
    const current = "period" in subject ? toTouched({ ...subject, period: periodOf(subject.scope, now(), money.zone) }) : touched;
    return records.transaction((tx) => touchNow(tx, [current], services));
  };
}

const toTouched = (subject: Subject): Touched => ({ key: keyOf(subject), period: periodKeyOf(subject), subject });

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

/** The same with those that requests count against. */
export const touchBudgets = (
  tx: Transaction,
  changed: readonly LedgerEntry[],
  services: Pick<Services, "money" | "timings" | "now">,
  moved?: readonly Place[],
): Promise<void> => touchNow(tx, touchedBy(changed, services.money.zone, services.now(), moved), services);

/** How far back a crossing may lie that another limit in the file could undo. */
const lookBackMs = 35 * 24 * 60 * 60_000;

/** At a start the file may say other limits than before: what is under way, and what was crossed, is looked at anew. */
export async function touchAtStart(tx: Transaction, services: Pick<Services, "money" | "timings" | "now">): Promise<void> {
  const { money, now } = services;
  const current = subjectsOf({}, now(), money.zone).map(toTouched);
  const crossed = (await tx.budgets.crossedSince(now() - lookBackMs)).filter(({ subject }) => subject.scope !== "unpriced");
  await touchNow(tx, [...current, ...crossed], services);
}

import type { Timings } from "../incidents/timings.ts";
import type { NewJob } from "../queue.ts";

/** The task of the job that looks at the budgets that were touched, and tells of what they crossed. */
export const evaluateBudgetsTask = "evaluate-budgets";

/** One run of a workflow spends in many requests within seconds: what they cross is told together. */
export function toEvaluateBudgets(now: number, { budgetsMs }: Pick<Timings, "budgetsMs">): NewJob {
  const slot = Math.floor(now / budgetsMs) + 1;
  return { id: `${evaluateBudgetsTask}:${budgetsMs}:${slot}`, task: evaluateBudgetsTask, payload: {}, runAt: slot * budgetsMs };
}

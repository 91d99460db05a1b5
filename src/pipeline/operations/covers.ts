import type { Operation } from "./operations.ts";

/** Whether doing the one, which somebody else asked for, does the other too. */
export function covers(one: Operation, other: Operation): boolean {
  if (one.kind !== other.kind || one.intent === other.intent) return false;
  return !one.wish.oneJob || (other.wish.oneJob === true && one.wish.jobs[0] === other.wish.jobs[0]);
}

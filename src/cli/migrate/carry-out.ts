import { ServiceError, UserError } from "../../errors.ts";
import type { Step } from "./step.ts";

/** A step, and what kept it from being done. */
export interface Carried {
  readonly step: Step;
  readonly problem?: string;
}

/** Does one step after the other; one that fails stops no other. Doing all of it again does what is missing. */
export async function carryOut(steps: readonly Step[]): Promise<readonly Carried[]> {
  const carried: Carried[] = [];
  for (const step of steps) {
    try {
      if (step.fresh > 0) await step.apply();
      carried.push({ step });
    } catch (error) {
      if (!(error instanceof UserError || error instanceof ServiceError)) throw error;
      carried.push({ step, problem: error.message });
    }
  }
  return carried;
}

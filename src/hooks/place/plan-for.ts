import type { PhasePlan } from "../../pipeline/phases/phases.ts";

/** The phases of a checkout: those of the repository that it is of, or the only ones there are. */
export function planFor(repository: string | undefined, plans: readonly PhasePlan[]): PhasePlan | undefined {
  const own = plans.find((plan) => plan.repository.toLowerCase() === repository?.toLowerCase());
  return own ?? (plans.length === 1 ? plans[0] : undefined);
}

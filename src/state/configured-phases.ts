import type { Settings } from "../config/settings.ts";
import { toPhasePlan } from "../config/to-phase-plan.ts";
import type { PhasePlans } from "../pipeline/phases/phases.ts";

/** The phases that the settings file describes. */
export function configuredPhases({ phases }: Pick<Settings, "phases">): PhasePlans {
  const plans = new Map(phases.map((plan) => [plan.repository.toLowerCase(), toPhasePlan(plan)]));
  return { of: (repository) => plans.get(repository.toLowerCase()) };
}

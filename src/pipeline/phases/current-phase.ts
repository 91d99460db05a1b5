import type { Transaction } from "../records.ts";
import type { PhaseChange } from "./phase-changes.ts";
import type { Phase, PhasePlan } from "./phases.ts";

/** Where a repository is in its phases. */
export interface CurrentPhase {
  readonly id: string;
  /** Absent when the configuration no longer has it. */
  readonly phase?: Phase;
  /** The one after it in the configuration. */
  readonly next?: Phase;
  /** The change that led here; absent before the first one, when the first configured phase is the current one. */
  readonly since?: PhaseChange;
}

export async function currentPhase(plan: PhasePlan, { phases }: Pick<Transaction, "phases">): Promise<CurrentPhase> {
  const [since] = await phases.latest(plan.repository, 1);
  const id = since?.to ?? plan.phases[0].id;
  const index = plan.phases.findIndex((phase) => phase.id === id);
  const [phase, next] = index < 0 ? [] : plan.phases.slice(index, index + 2);
  return { id, ...(phase && { phase }), ...(next && { next }), ...(since && { since }) };
}

/** The number that the next change has: whoever was shown this standing may change it, and nobody who was shown an older one. */
export const nextNumber = ({ since }: CurrentPhase): number => (since?.number ?? 0) + 1;

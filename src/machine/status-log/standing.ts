import type { PhasePlan } from "../../pipeline/phases/phases.ts";
import type { Journal } from "../../pipeline/sessions/journal.ts";
import { type PhaseEntered, type PhaseHere, phaseHere } from "../../pipeline/sessions/phase-log.ts";
import type { Activity } from "../../pipeline/sessions/status-log.ts";

const mostActivities = 1_000;
const mostPhases = 200;

/** What the status log shows. */
export interface Standing {
  readonly phase: PhaseHere | undefined;
  /** Oldest first, as are the activities. */
  readonly entered: readonly PhaseEntered[];
  readonly activities: readonly Activity[];
  /** How many older activities the journal has. */
  readonly more: number;
}

export function standingOf({ phases, statusLog }: Pick<Journal, "phases" | "statusLog">, plan: PhasePlan | undefined): Standing {
  const activities = statusLog.latest(mostActivities).toReversed();
  return {
    phase: phaseHere(plan, phases.current()),
    entered: phases.history(mostPhases).toReversed(),
    activities,
    more: statusLog.count() - activities.length,
  };
}

import { deliverableInWords } from "../../pipeline/phases/phases.ts";
import type { PhaseEntered } from "../../pipeline/sessions/phase-log.ts";
import type { Activity } from "../../pipeline/sessions/status-log.ts";
import type { Standing } from "./standing.ts";

/** What `pipeline-log.json` holds; its keys are those that scripts of older pipelines read. */
export function toJson({ phase, entered, activities, more }: Standing): object {
  return {
    current_phase: phase
      ? {
          id: phase.id,
          name: phase.phase?.name ?? phase.id,
          status: "in_progress",
          ...(phase.entered && { started_at: iso(phase.entered.at) }),
          expected_deliverables: phase.phase?.deliverables.map(deliverableInWords) ?? [],
        }
      : null,
    phase_history: entered.map(({ id, at, by, reason }: PhaseEntered) => ({ id, started_at: iso(at), by, ...(reason && { reason }) })),
    activities: activities.map(activityInJson),
    ...(more > 0 && { older_activities: more }),
  };
}

export const activityInJson = ({ id, at, kind, text, sha, ...others }: Activity) => ({
  id,
  timestamp: iso(at),
  type: kind,
  details: { message: text, ...(sha && { commit: sha }), ...others },
});

const iso = (at: number): string => new Date(at).toISOString();

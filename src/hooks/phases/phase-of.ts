import { configuredPhases } from "../../config/configured-phases.ts";
import { readSettings } from "../../config/read-settings.ts";
import type { Phase } from "../../pipeline/phases/phases.ts";
import type { Context } from "../context.ts";
import { settingsFileOf } from "../place/settings-file.ts";

/** Where the repository of a checkout is in its phases. */
export interface PhaseHere {
  readonly phase: Phase;
  readonly next?: Phase;
  /** How often a phase has begun before: the same phase may begin anew. */
  readonly number: number;
}

/** @returns undefined where no phases are configured for the repository, or the settings cannot be read */
export function phaseOf({ place, variables, origin }: Pick<Context, "place" | "variables" | "origin">): PhaseHere | undefined {
  const read = readSettings(settingsFileOf(place.project, variables));
  if ("problems" in read) return undefined;
  const { phases } = read.settings;
  // Where git knows no remote, a file that is about one repository is about this one.
  const repository = origin().repository ?? (phases.length === 1 ? phases[0]?.repository : undefined);
  const plan = repository === undefined ? undefined : configuredPhases({ phases }).of(repository);
  if (!plan) return undefined;
  const [phase, next] = plan.phases;
  return { phase, ...(next && { next }), number: 0 };
}

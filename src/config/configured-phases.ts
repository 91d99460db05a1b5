import type { Deliverable, PhasePlan, PhasePlans } from "../pipeline/phases/phases.ts";
import type { Settings } from "./settings.ts";

/** The phases that the settings file describes. */
export function configuredPhases({ phases }: Pick<Settings, "phases">): PhasePlans {
  const plans = new Map(phases.map((plan) => [plan.repository.toLowerCase(), toPlan(plan)]));
  return { of: (repository) => plans.get(repository.toLowerCase()) };
}

type Configured = Settings["phases"][number];

export function toPlan({ repository, branch, phases }: Configured): PhasePlan {
  const [first, ...others] = phases.map(({ id, name, deliverables }) => ({ id, name, deliverables: deliverables.map(toDeliverable) }));
  if (!first) throw new Error(`${repository} has no phases.`);
  return { repository, ...(branch !== undefined && { branch }), phases: [first, ...others] };
}

function toDeliverable({ path, check, workflow }: Configured["phases"][number]["deliverables"][number]): Deliverable {
  if (path !== undefined) return { kind: "path", path: path.replace(/\/$/, "") };
  if (check !== undefined) return { kind: "check", name: check };
  return { kind: "workflow", file: workflow ?? "" };
}

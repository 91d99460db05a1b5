import type { Deliverable, PhasePlan } from "../pipeline/phases/phases.ts";
import type { Settings } from "./settings.ts";

type Configured = Settings["phases"][number];

export function toPhasePlan({ repository, branch, phases }: Configured): PhasePlan {
  const [first, ...others] = phases.map(({ id, name, deliverables }) => ({ id, name, deliverables: deliverables.map(toDeliverable) }));
  if (!first) throw new Error(`${repository} has no phases.`);
  return { repository, ...(branch !== undefined && { branch }), phases: [first, ...others] };
}

function toDeliverable({ path, check, workflow }: Configured["phases"][number]["deliverables"][number]): Deliverable {
  if (path !== undefined) return { kind: "path", path: path.replace(/\/$/, "") };
  if (check !== undefined) return { kind: "check", name: check };
  return { kind: "workflow", file: workflow ?? "" };
}

import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Deliverable, deliverableInWords, type Phase } from "../pipeline/phases/phases.ts";

/** A deliverable as a checkout shows it; only GitHub knows of checks and workflows. */
export interface DeliverableHere {
  readonly deliverable: Deliverable;
  readonly state: "there" | "missing" | "not seen here";
}

/** @param project the root of the checkout */
export const deliverablesHere = (project: string, { deliverables }: Phase): readonly DeliverableHere[] =>
  deliverables.map((deliverable) => ({ deliverable, state: stateOf(project, deliverable) }));

function stateOf(project: string, deliverable: Deliverable): DeliverableHere["state"] {
  if (deliverable.kind !== "path") return "not seen here";
  return existsSync(join(project, deliverable.path)) ? "there" : "missing";
}

/** `1 of 3 deliverables are there`, `, and GitHub knows of 2 more`; undefined where the phase has none. */
export function countInWords(found: readonly DeliverableHere[]): string | undefined {
  if (found.length === 0) return undefined;
  const seen = found.filter(({ state }) => state !== "not seen here");
  const there = seen.filter(({ state }) => state === "there").length;
  const more = found.length - seen.length;
  if (seen.length === 0) return `only GitHub knows of its ${more === 1 ? "deliverable" : `${more} deliverables`}`;
  const noun = seen.length === 1 ? "deliverable" : "deliverables";
  const count = `${there} of ${seen.length} ${noun} ${seen.length === 1 ? "is" : "are"} there`;
  return more === 0 ? count : `${count}, and only GitHub knows of ${more} more`;
}

/** What is not there yet: `ci/Dockerfile, docs/abi.md`. */
export const missingInWords = (found: readonly DeliverableHere[]): string =>
  found
    .filter(({ state }) => state === "missing")
    .map(({ deliverable }) => deliverableInWords(deliverable))
    .join(", ");

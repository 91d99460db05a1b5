import { type Job, type Pipeline, rollup } from "../pipelines.ts";

/**
 * Whether a pull request's checks have spoken. It is red with the first required check that failed, or when all have ended and one is red;
 * green only when all have ended well. Undefined while that is open.
 */
export function verdictOf({
  counts,
  jobs,
}: Pick<Pipeline, "counts" | "jobs">): { readonly is: "green" | "red"; readonly failed: readonly Job[] } | undefined {
  const failed = jobs.filter(({ state }) => state === "failed" || state === "cancelled" || state === "stale");
  if (failed.some(({ isRequired, state }) => isRequired && state === "failed")) return { is: "red", failed };
  if (counts.running || counts.queued || counts.waiting) return undefined;
  const all = rollup({ counts });
  if (all === "none" || all === "running") return undefined;
  return { is: all === "passed" ? "green" : "red", failed };
}

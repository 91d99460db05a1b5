import { z } from "zod";
import type { NewJob } from "../../../pipeline/queue.ts";
import type { Known } from "../known.ts";
import type { ToNewJob } from "./to-new-job.ts";

export interface Made {
  readonly jobs: readonly NewJob[];
  /** What was not as we know it, by path; empty when all was understood. */
  readonly problems: readonly string[];
}

/** Makes all jobs of a delivery. What one reader cannot do without keeps nothing from the others. */
export function makeJobs(readers: readonly ToNewJob[], payload: unknown, known: Known): Made {
  const jobs: NewJob[] = [];
  const problems = new Set<string>();
  for (const toJob of readers) {
    try {
      const job = toJob(payload, known);
      if (job) jobs.push(job);
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error;
      for (const { path, message } of error.issues) problems.add(`${path.join(".")}: ${message}`);
    }
  }
  return { jobs, problems: [...problems] };
}

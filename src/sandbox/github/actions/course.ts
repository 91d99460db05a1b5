import type { World } from "../world.ts";
import type { NewRun } from "./actions.ts";
import type { JobState } from "./job.ts";
import type { WorkflowRun } from "./run.ts";

/** What is said beforehand of a run. */
export interface Course {
  /** What its jobs come to, success unless said; one that is said to be queued or in progress stays so. */
  readonly jobs?: Readonly<Record<string, JobState>>;
  /** What their logs say. */
  readonly logs?: Readonly<Record<string, string>>;
}

/** Begins a run and carries it through; resolves when all deliveries of it were answered. */
export async function runThrough(
  { actions, runner, logs }: Pick<World, "actions" | "runner" | "logs">,
  added: Omit<NewRun, "jobs">,
  jobNames: readonly string[],
  course: Course,
): Promise<WorkflowRun> {
  const jobs = Object.fromEntries([...jobNames, ...Object.keys(course.jobs ?? {})].map((name) => [name, "queued" as const]));
  const run = actions.addRun({ ...added, jobs });
  for (const { id, name } of run.jobs) {
    const log = course.logs?.[name];
    if (log !== undefined) logs.set(id, log);
  }
  await runner.requested(run);
  await runner.end(run, course.jobs ?? {});
  return actions.run(run.repository, run.id) ?? run;
}

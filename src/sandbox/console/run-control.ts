import type { Job } from "../github/actions/job.ts";
import type { WorkflowRun } from "../github/actions/run.ts";
import type { GitHubSandbox } from "../github/github-sandbox.ts";
import type { ConsoleJob, ConsolePulls, ConsoleRun, Outcome } from "./pulls.ts";

/** Slow enough to be watched, quick enough not to be waited for. */
const pace = { queuedMs: 1_500, runningMs: 5_000 };

/** The runs of a pull request's head, and what a visitor does to them. */
export function runControl(github: GitHubSandbox): Pick<ConsolePulls, "breakJob" | "fixJob" | "finish" | "letRunsMove"> & {
  runs(number: number): Promise<readonly ConsoleRun[]>;
} {
  const decided = new Map<string, Outcome>();

  return {
    async runs(number) {
      return (await github.runs(number)).map((run) => ({
        id: run.id,
        workflow: run.workflow.name,
        jobs: run.jobs.map((job) => toConsoleJob(run, job, decided.get(job.name))),
      }));
    },

    async breakJob(number, name) {
      decided.set(name, "failure");
      github.setOutcome(name, "failure");
      await github.setJob(number, name, "failure");
    },

    async fixJob(_, name) {
      decided.set(name, "success");
      github.setOutcome(name, "success");
    },

    finish: (number) => github.finishRuns(number),
    letRunsMove: () => github.setRunPace(pace),
  };
}

function toConsoleJob({ earlier }: WorkflowRun, { name, state, attempt }: Job, next: Outcome | undefined): ConsoleJob {
  const before = earlier.flatMap(({ number, jobs }) =>
    jobs
      .filter((job) => job.name === name && job.attempt === number && number < attempt)
      .map((job) => ({ attempt: number, state: job.state })),
  );
  return { name, state, attempts: [...before, { attempt, state }], ...(next && { next }) };
}

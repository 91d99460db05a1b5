import type { Job } from "../github/actions/job.ts";
import type { WorkflowRun } from "../github/actions/run.ts";
import type { GitHubSandbox } from "../github/github-sandbox.ts";
import type { ConsoleGitHub, ConsoleJob, ConsoleRun, ConsoleTarget, Outcome } from "./console-github.ts";

/** Slow enough to be watched, quick enough not to be waited for. */
const pace = { queuedMs: 1_500, runningMs: 5_000 };

/** The runs of the head of a pull request or branch, and what a visitor does to them. */
export function runControl(github: GitHubSandbox): Pick<ConsoleGitHub, "breakJob" | "fixJob" | "finish" | "letRunsMove"> & {
  runs(target: ConsoleTarget): Promise<readonly ConsoleRun[]>;
} {
  const decided = new Map<string, Outcome>();

  return {
    async runs(target) {
      return (await github.runs(target)).map((run) => ({
        id: run.id,
        workflow: run.workflow.name,
        jobs: run.jobs.map((job) => toConsoleJob(run, job, decided.get(job.name))),
      }));
    },

    async breakJob(target, name) {
      decided.set(name, "failure");
      github.setOutcome(name, "failure");
      await github.setJob(target, name, "failure");
    },

    async fixJob(_, name) {
      decided.set(name, "success");
      github.setOutcome(name, "success");
    },

    finish: (target) => github.finishRuns(target),
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

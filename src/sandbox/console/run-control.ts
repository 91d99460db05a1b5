import type { GitHubSandbox } from "../github/github-sandbox.ts";
import type { ConsoleJob, ConsolePulls, ConsoleRun, Outcome } from "./pulls.ts";

interface Job {
  readonly name: string;
  readonly state: string;
  /** The attempt that ran it: older than the run's when the job was carried over. */
  readonly attempt?: number;
}

interface Run {
  readonly id: number;
  readonly attempt: number;
  readonly workflow: { readonly name: string };
  readonly jobs: readonly Job[];
  readonly earlier: readonly { readonly number: number; readonly jobs: readonly Job[] }[];
}

/** What a sandbox whose runs move by themselves can do; one that cannot is stood in for below. */
type MovingRuns = Partial<{
  runs(target: number): Promise<readonly Run[]>;
  setOutcome(job: string, conclusion: Outcome): void;
  finishRuns(target: number): Promise<void>;
  setRunPace(pace: { readonly queuedMs: number; readonly runningMs: number }): void;
}>;

/** Slow enough to be watched, quick enough not to be waited for. */
const pace = { queuedMs: 1_500, runningMs: 5_000 };

const underWay: ReadonlySet<string> = new Set(["queued", "waiting", "in_progress"]);

/** The runs of a pull request's head, and what a visitor does to them. */
export function runControl(github: GitHubSandbox): Pick<ConsolePulls, "breakJob" | "fixJob" | "finish" | "letRunsMove"> & {
  runs(number: number): Promise<readonly ConsoleRun[]>;
} {
  const moving: MovingRuns = github as unknown as MovingRuns;
  const decided = new Map<string, Outcome>();

  const read = async (number: number): Promise<readonly Run[]> =>
    (await moving.runs?.(number)) ?? [{ id: number, attempt: 1, workflow: { name: "CI" }, jobs: await github.jobs(number), earlier: [] }];

  return {
    async runs(number) {
      return (await read(number)).map((run) => ({
        id: run.id,
        workflow: run.workflow.name,
        jobs: run.jobs.map((job) => toConsoleJob(run, job, decided.get(job.name))),
      }));
    },

    async breakJob(number, name) {
      decided.set(name, "failure");
      moving.setOutcome?.(name, "failure");
      await github.setJob(number, name, "failure");
    },

    async fixJob(number, name) {
      if (!moving.setOutcome) return await github.setJob(number, name, "success");
      decided.set(name, "success");
      moving.setOutcome(name, "success");
    },

    async finish(number) {
      if (moving.finishRuns) return await moving.finishRuns(number);
      for (const { name, state } of await github.jobs(number)) if (underWay.has(state)) await github.setJob(number, name, "success");
    },

    letRunsMove: () => moving.setRunPace?.(pace),
  };
}

function toConsoleJob({ attempt, earlier }: Run, { name, state, attempt: ranIn = attempt }: Job, next: Outcome | undefined): ConsoleJob {
  const before = earlier.flatMap(({ number, jobs }) =>
    jobs
      .filter((job) => job.name === name && (job.attempt ?? number) === number && number < ranIn)
      .map((job) => ({ attempt: number, state: job.state })),
  );
  return { name, state, attempts: [...before, { attempt: ranIn, state }], ...(next && { next }) };
}

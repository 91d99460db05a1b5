import type { GitHubSandbox } from "../github/github-sandbox.ts";
import { Attempts } from "./attempts.ts";
import type { ConsolePulls, ConsoleRun, Outcome } from "./pulls.ts";

interface SandboxRun {
  readonly id: number;
  readonly attempt: number;
  readonly workflow: { readonly name: string };
  readonly jobs: readonly { readonly name: string; readonly state: string }[];
}

/** What a sandbox whose runs move by themselves can do; one that cannot yet is stood in for below. */
type MovingRuns = Partial<{
  runs(target: number): Promise<readonly SandboxRun[]> | readonly SandboxRun[];
  setOutcome(job: string, conclusion: Outcome): unknown;
  finishRuns(target: number): unknown;
  setRunPace(pace: { readonly queuedMs: number; readonly runningMs: number }): void;
}>;

/** Slow enough to be watched, quick enough not to be waited for. */
const pace = { queuedMs: 1_500, runningMs: 5_000 };

const underWay: ReadonlySet<string> = new Set(["queued", "waiting", "pending", "in_progress"]);

/** The runs of a pull request's head, and what a visitor does to them. */
export function runControl(github: GitHubSandbox): Pick<ConsolePulls, "breakJob" | "fixJob" | "finish" | "letRunsMove"> & {
  runs(number: number): Promise<readonly ConsoleRun[]>;
} {
  const moving: MovingRuns = github as MovingRuns;
  const attempts = new Attempts();
  const next = new Map<string, Outcome>();

  const read = async (number: number): Promise<readonly SandboxRun[]> =>
    (await moving.runs?.(number)) ?? [{ id: number, attempt: 1, workflow: { name: "CI" }, jobs: await github.jobs(number) }];

  return {
    async runs(number) {
      return (await read(number)).map(({ id, attempt, workflow, jobs }) => ({
        id,
        workflow: workflow.name,
        attempt,
        jobs: jobs.map(({ name, state }) => {
          const decided = next.get(name);
          return { name, state, attempts: attempts.see({ run: id, attempt, name, state }), ...(decided && { next: decided }) };
        }),
      }));
    },

    async breakJob(number, name) {
      next.set(name, "failure");
      await moving.setOutcome?.(name, "failure");
      await github.setJob(number, name, "failure");
    },

    async fixJob(number, name) {
      if (!moving.setOutcome) return await github.setJob(number, name, "success");
      next.set(name, "success");
      await moving.setOutcome(name, "success");
    },

    async finish(number) {
      if (moving.finishRuns) return void (await moving.finishRuns(number));
      for (const { name, state } of await github.jobs(number)) if (underWay.has(state)) await github.setJob(number, name, "success");
    },

    letRunsMove: () => moving.setRunPace?.(pace),
  };
}

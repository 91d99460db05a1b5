import { isPending, isUnderWay, type JobState } from "./job.ts";
import type { WorkflowRun } from "./run.ts";
import { Timers } from "./timers.ts";

/** How long a job waits for a runner, and then runs. */
export interface RunPace {
  readonly queuedMs: number;
  readonly runningMs: number;
}

type GoOn = (repository: string, runId: number, jobId: number, from: JobState) => void;

/** The clock by which jobs go on by themselves; without a pace it stands still. */
export class Pace {
  readonly #goOn: GoOn;
  readonly #timers = new Timers();
  /** By job, the state that its timer is for. */
  readonly #followed = new Map<number, JobState>();
  #pace: RunPace | undefined;

  constructor(goOn: GoOn) {
    this.#goOn = goOn;
  }

  get current(): RunPace | undefined {
    return this.#pace;
  }

  set(pace: RunPace | undefined): void {
    this.#timers.clear();
    this.#followed.clear();
    this.#pace = pace;
  }

  /** Times the jobs under way that are not timed yet. */
  follow({ repository, id, jobs }: WorkflowRun): void {
    if (!this.#pace) return;
    const { queuedMs, runningMs } = this.#pace;
    for (const job of jobs.filter(isUnderWay)) {
      if (this.#followed.get(job.id) === job.state) continue;
      this.#followed.set(job.id, job.state);
      this.#timers.after(isPending(job) ? queuedMs : runningMs, () => this.#goOn(repository, id, job.id, job.state));
    }
  }
}

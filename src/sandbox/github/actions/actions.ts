import { type Job, type JobState, newJob } from "./job.ts";
import type { WorkflowRun } from "./run.ts";
import type { Workflow } from "./workflow.ts";

/** A commit status: the older way of saying how a commit fares, without jobs. */
export interface CommitStatus {
  readonly id: number;
  readonly context: string;
  readonly state: "success" | "failure" | "error" | "pending";
  readonly createdAt: string;
}

export type NewRun = Pick<WorkflowRun, "repository" | "event" | "headSha" | "headBranch" | "title" | "actor"> & {
  readonly workflow: Workflow;
  readonly jobs: Readonly<Record<string, JobState>>;
};

/** What is known of GitHub Actions: workflows, their runs, and the commit statuses beside them. */
export class Actions {
  // GitHub's ids have outgrown 32 bits, but graphql-js holds `databaseId` to the Int that the schema says.
  #lastId = 1_700_000_000;
  readonly #workflows = new Map<string, Workflow[]>();
  readonly #runs = new Map<number, WorkflowRun>();
  readonly #statuses = new Map<string, CommitStatus[]>();
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  addWorkflow(repository: string, name: string, file: string): Workflow {
    const known = this.workflowsOf(repository);
    const added = { id: ++this.#lastId, name, file };
    this.#workflows.set(repository, [...known, added]);
    return added;
  }

  workflowsOf(repository: string): readonly Workflow[] {
    return this.#workflows.get(repository) ?? [];
  }

  /** By id or by file name. */
  workflow(repository: string, idOrFile: string): Workflow | undefined {
    return this.workflowsOf(repository).find(({ id, file }) => idOrFile === String(id) || idOrFile === file);
  }

  /** Adds a run's first attempt; without jobs it is one that nothing has started yet. */
  addRun({ jobs, ...run }: NewRun): WorkflowRun {
    const now = new Date().toISOString();
    const all = this.newJobs(jobs, 1);
    const newest = { number: 1, jobs: all, startedAt: now, updatedAt: now, triggeringActor: run.actor };
    const number = this.runsIn(run.repository).filter(({ workflow }) => workflow.id === run.workflow.id).length + 1;
    return this.put({ id: ++this.#lastId, number, createdAt: now, attempt: 1, jobs: all, newest, earlier: [], ...run });
  }

  newJobs(states: Readonly<Record<string, JobState>>, attempt: number): Job[] {
    return Object.entries(states).map(([name, state]) => newJob(++this.#lastId, name, state, attempt));
  }

  /** Takes the run's new state in place of what it was. */
  put(run: WorkflowRun): WorkflowRun {
    this.#runs.set(run.id, run);
    this.#onChange();
    return run;
  }

  run(repository: string, id: number): WorkflowRun | undefined {
    const run = this.#runs.get(id);
    return run?.repository === repository ? run : undefined;
  }

  /** Every run there is, oldest first. */
  runs(): WorkflowRun[] {
    return [...this.#runs.values()];
  }

  runsIn(repository: string): WorkflowRun[] {
    return this.runs().filter((run) => run.repository === repository);
  }

  runsOf(repository: string, headSha: string): WorkflowRun[] {
    return this.runsIn(repository).filter((run) => run.headSha === headSha);
  }

  /** A job of any attempt, with its run. */
  findJob(repository: string, id: number): { run: WorkflowRun; job: Job } | undefined {
    for (const run of this.runsIn(repository)) {
      const job = [run.newest, ...run.earlier].flatMap(({ jobs }) => jobs).find((candidate) => candidate.id === id);
      if (job) return { run, job };
    }
    return undefined;
  }

  statusesOf(repository: string, headSha: string): readonly CommitStatus[] {
    return this.#statuses.get(`${repository}@${headSha}`) ?? [];
  }

  setStatus(repository: string, headSha: string, context: string, state: CommitStatus["state"]): void {
    const others = this.statusesOf(repository, headSha).filter((status) => status.context !== context);
    const status = { id: ++this.#lastId, context, state, createdAt: new Date().toISOString() };
    this.#statuses.set(`${repository}@${headSha}`, [...others, status]);
    this.#onChange();
  }
}

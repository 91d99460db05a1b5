/** A job's status while it is under way, its conclusion when it is over. */
export type JobState =
  | "queued"
  | "waiting"
  | "in_progress"
  | "success"
  | "failure"
  | "cancelled"
  | "skipped"
  | "neutral"
  | "timed_out"
  | "action_required";

const underWay: ReadonlySet<JobState> = new Set(["queued", "waiting", "in_progress"]);

export interface Job {
  /** Also the id of its check run, as on GitHub. */
  readonly id: number;
  readonly name: string;
  readonly state: JobState;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
}

export interface WorkflowRun {
  readonly id: number;
  readonly number: number;
  readonly workflow: { readonly id: number; readonly name: string; readonly file: string };
  readonly repository: string;
  readonly event: "pull_request" | "push";
  readonly headSha: string;
  readonly attempt: number;
  readonly jobs: readonly Job[];
}

/** A commit status: the older way of saying how a commit fares, without jobs. */
export interface CommitStatus {
  readonly id: number;
  readonly context: string;
  readonly state: "success" | "failure" | "error" | "pending";
  readonly createdAt: string;
}

// What is over from the start took this long.
const secondsOfAJob = 240;

export const isUnderWay = ({ state }: Job): boolean => underWay.has(state);

type NewRun = Pick<WorkflowRun, "repository" | "event" | "headSha"> & { readonly jobs: Readonly<Record<string, JobState>> };

/** Workflow runs with their jobs, and the commit statuses beside them. */
export class Actions {
  // GitHub's ids have outgrown 32 bits, but graphql-js holds `databaseId` to the Int that the schema says.
  #lastId = 1_700_000_000;
  readonly #runs = new Map<number, WorkflowRun>();
  readonly #statuses = new Map<string, CommitStatus[]>();
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  addRun({ jobs, ...run }: NewRun): WorkflowRun {
    const added: WorkflowRun = {
      id: ++this.#lastId,
      number: this.#runs.size + 1,
      workflow: { id: 1, name: "CI", file: "ci.yml" },
      attempt: 1,
      jobs: Object.entries(jobs).map(([name, state]) => this.#job(name, state)),
      ...run,
    };
    this.#runs.set(added.id, added);
    this.#onChange();
    return added;
  }

  runsOf(repository: string, headSha: string): WorkflowRun[] {
    return [...this.#runs.values()].filter((run) => run.repository === repository && run.headSha === headSha);
  }

  /** Moves a job of the newest run for this commit, and adds it when the run has none of that name. */
  setJob(repository: string, headSha: string, name: string, state: JobState): void {
    const run = this.runsOf(repository, headSha).at(-1) ?? this.addRun({ repository, headSha, event: "push", jobs: {} });
    const known = run.jobs.find((job) => job.name === name);
    const moved = this.#job(name, state, known);
    const jobs = known ? run.jobs.map((job) => (job === known ? moved : job)) : [...run.jobs, moved];
    this.#runs.set(run.id, { ...run, jobs });
    this.#onChange();
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

  #job(name: string, state: JobState, before?: Job): Job {
    const now = new Date().toISOString();
    const earlier = new Date(Date.now() - secondsOfAJob * 1_000).toISOString();
    const isStarted = state !== "queued" && state !== "waiting";
    return {
      id: before?.id ?? ++this.#lastId,
      name,
      state,
      startedAt: isStarted ? (before?.startedAt ?? (state === "in_progress" ? now : earlier)) : null,
      completedAt: underWay.has(state) ? null : now,
    };
  }
}

import type { Actions, NewRun } from "./actions.ts";
import type { Announcer } from "./announcer.ts";
import { type Happening, type Moved, move, onAdded, onRequested } from "./happening.ts";
import { isPending, isUnderWay, type Job, type JobState, newJob } from "./job.ts";
import { Pace, type RunPace } from "./pace.ts";
import { statusOf, type WorkflowRun, withAttempt, withNewest } from "./run.ts";
import { Timers } from "./timers.ts";

/** Lets runs begin, go on and end. State changes at once; what is given back resolves when the deliveries of it were answered. */
export class Runner {
  readonly #actions: Actions;
  readonly #announcer: Announcer;
  readonly #pace: Pace;
  readonly #later = new Timers();
  readonly #outcomes = new Map<string, JobState>();

  constructor(actions: Actions, announcer: Announcer) {
    this.#actions = actions;
    this.#announcer = announcer;
    this.#pace = new Pace((repository, runId, jobId, from) => this.#goOn(repository, runId, jobId, from));
  }

  /** Starts a run, all of whose jobs are new, and tells of it. */
  async begin(added: NewRun): Promise<WorkflowRun> {
    const run = this.#actions.addRun(added);
    await this.requested(run);
    return run;
  }

  /** Tells of a run that was just added, and lets it go on. */
  requested(run: WorkflowRun): Promise<void> {
    return this.#happened({ run, happenings: onRequested(run) });
  }

  /** Starts a run that whoever asked for it has yet to find. */
  beginLater(added: NewRun, ms: number): void {
    this.#later.after(ms, () => void this.begin(added));
  }

  /** Adds a run that somebody must let go first, and that has no jobs until then. */
  async beginUnapproved(added: Omit<NewRun, "jobs">): Promise<WorkflowRun> {
    const run = withNewest(this.#actions.addRun({ ...added, jobs: {} }), { verdict: "action_required" });
    await this.#happened({ run, happenings: [...onRequested(run), { event: "workflow_run", action: "completed", run }] });
    return run;
  }

  async approve(run: WorkflowRun, jobNames: readonly string[]): Promise<void> {
    const states = Object.fromEntries(jobNames.map((name) => [name, "queued" as const]));
    const { verdict: _, ...newest } = run.newest;
    const approved = withNewest({ ...run, newest }, { jobs: this.#actions.newJobs(states, run.attempt) });
    await this.#happened({ run: approved, happenings: onRequested(approved) });
  }

  /** Makes a new attempt, in which these jobs are queued again under new ids and the others stay what they were. */
  async rerun(run: WorkflowRun, jobs: readonly Job[], triggeringActor: string): Promise<void> {
    const names = Object.fromEntries(jobs.map(({ name }) => [name, "queued" as const]));
    const fresh = new Map(this.#actions.newJobs(names, run.attempt + 1).map((job) => [job.name, job]));
    const all = run.jobs.map((job) => fresh.get(job.name) ?? job);
    const next = withAttempt(run, all, triggeringActor);
    await this.#happened({ run: next, happenings: onRequested(next) });
  }

  /** Ends the jobs under way as cancelled; with a pace, not before a moment has passed. */
  async cancel(run: WorkflowRun): Promise<void> {
    const pace = this.#pace.current;
    if (pace) this.#later.after(pace.queuedMs, () => void this.#cancelNow(run));
    else await this.#cancelNow(run);
  }

  async #cancelNow({ repository, id }: WorkflowRun): Promise<void> {
    const run = this.#actions.run(repository, id);
    if (!run || statusOf(run.newest) === "completed") return;
    const ended = moveAll(run, () => "cancelled");
    const cancelled = withNewest(ended.run, { verdict: "cancelled" });
    const happenings = ended.happenings.map((one): Happening => (one.run === ended.run ? { ...one, run: cancelled } : one));
    await this.#happened({ run: cancelled, happenings });
  }

  /** Moves a job of the newest attempt, or adds it. */
  async setJob(run: WorkflowRun, name: string, state: JobState): Promise<void> {
    const known = run.jobs.find((job) => job.name === name);
    if (known) return this.#happened(move(run, known.id, state));

    const [added] = this.#actions.newJobs({ [name]: "queued" }, run.attempt);
    if (!added) return;
    const job = isPending({ state }) ? newJob(added.id, name, state, run.attempt) : added;
    const next = withNewest(run, { jobs: [...run.jobs, job] });
    const rest = isPending({ state }) ? { run: next, happenings: [] } : move(next, job.id, state);
    await this.#happened({ run: rest.run, happenings: [...onAdded(next, job), ...rest.happenings] });
  }

  /** Gives every pending job a runner. */
  start(run: WorkflowRun): Promise<void> {
    return this.#happened(moveAll(run, (job) => (isPending(job) ? "in_progress" : undefined)));
  }

  /** Carries every job that is under way to its outcome. */
  finish(run: WorkflowRun): Promise<void> {
    return this.#happened(moveAll(run, (job) => this.#outcomeOf(run.repository, job)));
  }

  /** Carries every job that is under way to what is said for it, success unless said; what is said to be under way stays so. */
  async end({ repository, id }: WorkflowRun, states: Readonly<Record<string, JobState>>): Promise<void> {
    const run = this.#actions.run(repository, id);
    if (!run) return;
    const next = ({ name }: Job) => states[name] ?? "success";
    await this.#happened(moveAll(run, (job) => (isPending({ state: next(job) }) ? undefined : next(job))));
  }

  setOutcome(repository: string, jobName: string, state: JobState): void {
    this.#outcomes.set(`${repository}:${jobName}`, state);
  }

  setPace(pace: RunPace | undefined, runs: readonly WorkflowRun[]): void {
    this.#pace.set(pace);
    for (const run of runs) this.#pace.follow(run);
  }

  close(): Promise<void> {
    this.#pace.set(undefined);
    this.#later.clear();
    return this.#announcer.close();
  }

  #outcomeOf(repository: string, { name }: Job): JobState {
    return this.#outcomes.get(`${repository}:${name}`) ?? "success";
  }

  /** A job that was left alone since has waited or run long enough. */
  #goOn(repository: string, runId: number, jobId: number, from: JobState): void {
    const run = this.#actions.run(repository, runId);
    const job = run?.jobs.find(({ id }) => id === jobId);
    if (!run || job?.state !== from) return;
    void this.#happened(move(run, jobId, isPending(job) ? "in_progress" : this.#outcomeOf(repository, job)));
  }

  async #happened({ run, happenings }: Moved): Promise<void> {
    this.#actions.put(run);
    this.#pace.follow(run);
    await this.#announcer.announce(happenings);
  }
}

/** Moves the jobs that are under way, each to what is said for it. */
function moveAll(run: WorkflowRun, next: (job: Job) => JobState | undefined): Moved {
  let current = run;
  const happenings: Happening[] = [];
  for (const job of run.jobs.filter(isUnderWay)) {
    const state = next(job);
    if (state === undefined) continue;
    const one = move(current, job.id, state);
    current = one.run;
    happenings.push(...one.happenings);
  }
  return { run: current, happenings };
}

import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { Handlers, QueueWorker } from "../../pipeline/queue.ts";
import { afterFailure } from "./after-failure.ts";
import type { Alarm } from "./alarm.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { Intake } from "./intake.ts";
import type { JobEnd, JobTable, LeasedJob } from "./job-table.ts";

export type Log = Pick<Logger, "warn" | "error">;

export interface WorkerTiming {
  readonly leaseMs: number;
  readonly heartbeatMs: number;
  /** How often to look for jobs that another process added. */
  readonly pollMs: number;
  readonly concurrency: number;
}

export const workerTiming: WorkerTiming = { leaseMs: 10_000, heartbeatMs: 3_000, pollMs: 500, concurrency: 32 };

const drainStepMs = 20;
/** Jobs that run while more pour in: enough that nobody waits for ever, few enough that storing keeps up. */
const mostInFlood = 4;

interface WorkerParts {
  readonly jobs: JobTable;
  readonly group: GroupCommit;
  /** Rings when a job was added. */
  readonly alarm: Alarm;
  readonly intake: Intake;
  readonly now: () => number;
  readonly random: () => number;
  readonly timing: WorkerTiming;
  readonly log: Log | undefined;
}

interface Running {
  readonly job: LeasedJob;
  readonly abort: AbortController;
  leasedUntil: number;
}

/** Each round ends what ended and leases what is due in one commit. */
export class EmbeddedWorker implements QueueWorker {
  readonly #parts: WorkerParts;
  readonly #running = new Map<number, Running>();
  #ended: { readonly job: LeasedJob; readonly end: JobEnd }[] = [];
  #handlers: Handlers = {};
  #isStopping = false;
  /** Between asking for jobs and knowing them: they are neither due nor running. */
  #isLeasing = false;
  #looping: Promise<void> | undefined;
  #heartbeat: NodeJS.Timeout | undefined;

  constructor(parts: WorkerParts) {
    this.#parts = parts;
  }

  start(handlers: Handlers): void {
    if (this.#looping) throw new Error("The worker was started twice.");
    this.#handlers = handlers;
    this.#heartbeat = setInterval(() => void this.#renewLeases(), this.#parts.timing.heartbeatMs);
    this.#looping = this.#loop();
  }

  async drain(withinMs: number): Promise<void> {
    const { jobs, group } = this.#parts;
    const until = performance.now() + withinMs;
    while (performance.now() < until) {
      const hasWork = this.#isLeasing || this.#running.size > 0 || this.#ended.length > 0;
      if (!hasWork && (await group.read(() => jobs.untilDueMs())) > 0 && !this.#isLeasing) return;
      await sleep(drainStepMs);
    }
  }

  async stop(graceMs: number): Promise<void> {
    if (!this.#looping) return;
    this.#isStopping = true;
    this.#parts.alarm.ring();
    const patience = new AbortController();
    await Promise.race([this.#looping, sleep(graceMs, undefined, { signal: patience.signal }).catch(() => {})]);
    patience.abort();

    for (const running of this.#running.values()) {
      running.abort.abort(new Error("The worker is stopping; the job was handed back."));
      this.#handBack(running.job);
    }
    this.#running.clear();
    this.#parts.alarm.ring();
    await this.#looping;
    clearInterval(this.#heartbeat);
  }

  #handBack(job: LeasedJob): void {
    this.#ended.push({ job, end: { kind: "later", delayMs: 0, countsAsAttempt: false } });
  }

  async #loop(): Promise<void> {
    const { alarm, timing, log } = this.#parts;
    while (!this.#isStopping || this.#running.size > 0 || this.#ended.length > 0) {
      let idleMs: number = timing.pollMs;
      try {
        idleMs = await this.#round();
      } catch (error) {
        log?.error({ err: error }, "the queue cannot reach the database");
        // What is not recorded as ended runs again when its lease ends.
        if (this.#isStopping) return;
        await sleep(timing.pollMs);
      }
      await alarm.sleep(idleMs);
    }
  }

  /** How long there is nothing to do. */
  async #round(): Promise<number> {
    const { jobs, group, intake, timing, now } = this.#parts;
    const most = intake.isFlooded() ? Math.min(mostInFlood, timing.concurrency) : timing.concurrency;
    const free = this.#isStopping ? 0 : most - this.#running.size;
    const untilDueMs = free > 0 ? await group.read(() => jobs.untilDueMs()) : timing.pollMs;
    if (this.#ended.length === 0 && untilDueMs > 0) return Math.min(untilDueMs, timing.pollMs);

    const ended = this.#ended;
    this.#ended = [];
    this.#isLeasing = true;
    try {
      const leasedUntil = now() + timing.leaseMs;
      const leased = await group.write(() => {
        for (const { job, end } of ended) jobs.end(job, end);
        // A process that was frozen must not take its own jobs a second time.
        this.#renew([...this.#running.values()].filter((running) => running.leasedUntil <= now() + timing.heartbeatMs));
        return free > 0 ? jobs.lease(free, timing.leaseMs) : [];
      });
      if (this.#isStopping) {
        for (const job of leased) this.#handBack(job);
        return 0;
      }
      const all = leased.map((job) => ({ job, abort: new AbortController(), leasedUntil }));
      for (const running of all) this.#running.set(running.job.seq, running);
      for (const running of all) {
        void this.#run(running);
        // Requests of people come between the jobs.
        await nextTurn();
      }
      return 0;
    } catch (error) {
      this.#ended.unshift(...ended);
      throw error;
    } finally {
      this.#isLeasing = false;
    }
  }

  async #run(running: Running): Promise<void> {
    const { job } = running;
    if (this.#running.get(job.seq) !== running) return;
    const end = await this.#handle(running);
    // Handed back or lost meanwhile: somebody else decides how it ends.
    if (this.#running.get(job.seq) !== running) return;
    this.#running.delete(job.seq);
    this.#ended.push({ job, end });
    this.#parts.intake.ended();
    this.#parts.alarm.ring();
  }

  async #handle({ job, abort }: Running): Promise<JobEnd> {
    const { id, task, payload, attempt, maxAttempts } = job;
    try {
      const handler = this.#handlers[task];
      if (!handler) throw new Error(`Nothing handles jobs of the task ${task}.`);
      await handler({ id, task, payload, attempt, signal: abort.signal });
      return { kind: "done" };
    } catch (error) {
      const end = afterFailure(error, attempt, maxAttempts, this.#parts.random);
      const fields = { jobId: id, task, attempt, err: error };
      if (end.kind === "dead") this.#parts.log?.error(fields, "job died");
      else if (end.kind === "later" && end.countsAsAttempt)
        this.#parts.log?.warn({ ...fields, delayMs: end.delayMs }, "job failed, will be retried");
      return end;
    }
  }

  async #renewLeases(): Promise<void> {
    const { group, log } = this.#parts;
    const all = [...this.#running.values()];
    if (all.length === 0) return;
    try {
      await group.write(() => this.#renew(all));
    } catch (error) {
      log?.warn({ err: error }, "leases could not be renewed");
    }
  }

  /** Inside a transaction. When that fails the jobs are looked at again; a lease seen lost stays lost. */
  #renew(all: readonly Running[]): void {
    const { jobs, timing, now } = this.#parts;
    for (const running of all) {
      if (jobs.renew(running.job, timing.leaseMs)) running.leasedUntil = now() + timing.leaseMs;
      else this.#lose(running);
    }
  }

  #lose(running: Running): void {
    const { job, abort } = running;
    if (this.#running.get(job.seq) !== running) return; // it ended while the renewal was under way
    this.#running.delete(job.seq);
    abort.abort(new Error("The lease was lost to another worker."));
    this.#parts.log?.warn({ jobId: job.id, task: job.task, attempt: job.attempt }, "job lost its lease");
  }
}

import type { Json } from "../../pipeline/json.ts";
import type { Added, DeadLetter, NewJob } from "../../pipeline/queue.ts";
import type { Connection } from "./connection.ts";

/** A job somebody may run until its lease ends. `seq` and `lease` together say whether it is still theirs. */
export interface LeasedJob {
  readonly seq: number;
  readonly lease: number;
  readonly id: string;
  readonly task: string;
  readonly lane: string | null;
  readonly payload: Json;
  readonly attempt: number;
  readonly maxAttempts: number;
}

/** How a lease ended. */
export type JobEnd =
  | { readonly kind: "done" }
  | { readonly kind: "dead"; readonly error: string }
  /** Back into the queue, in its old place of the lane. */
  | { readonly kind: "later"; readonly delayMs: number; readonly countsAsAttempt: boolean; readonly error?: string };

const isLive = "state = 'live'"; // spelt as in the partial indexes, which SQLite otherwise ignores

const sql = {
  add: `INSERT INTO jobs (id, task, lane, is_head, due_at, max_attempts, payload)
    VALUES (?1, ?2, ?3, ?3 IS NULL OR NOT EXISTS (SELECT 1 FROM jobs WHERE lane = ?3 AND ${isLive}), ?4, ?5, ?6) ON CONFLICT (id) DO NOTHING`,
  removeDead: "DELETE FROM jobs WHERE id = ? AND state = 'dead' RETURNING id, task, lane, payload, max_attempts AS maxAttempts",
  nextDue: `SELECT min(due_at) AS dueAt FROM jobs WHERE ${isLive} AND is_head = 1`,
  lease: `UPDATE jobs SET lease = lease + 1, attempt = attempt + 1, due_at = ? WHERE seq IN
    (SELECT seq FROM jobs WHERE ${isLive} AND is_head = 1 AND due_at <= ? ORDER BY due_at, seq LIMIT ?)
    RETURNING seq, lease, id, task, lane, payload, attempt, max_attempts AS maxAttempts`,
  renew: `UPDATE jobs SET due_at = ? WHERE seq = ? AND lease = ? AND ${isLive}`,
  later: `UPDATE jobs SET lease = lease + 1, due_at = ?, attempt = attempt - ?, error = ? WHERE seq = ? AND lease = ? AND ${isLive}`,
  end: `UPDATE jobs SET state = ?, is_head = 0, ended_at = ?, error = ?, payload = iif(?, '', payload) WHERE seq = ? AND lease = ? AND ${isLive}`,
  promote: `UPDATE jobs SET is_head = 1 WHERE seq = (SELECT min(seq) FROM jobs WHERE lane = ? AND ${isLive})`,
  dead: `SELECT id, task, attempt AS attempts, error, ended_at AS diedAt FROM jobs WHERE state = 'dead' ORDER BY ended_at DESC, seq DESC LIMIT ?`,
};

const defaultMaxAttempts = 10;

/** The statements on the table `jobs`. All but `untilDueMs` and `deadLetters` run inside a transaction. */
export class JobTable {
  readonly #connection: Connection;
  readonly #now: () => number;

  constructor(connection: Connection, now: () => number) {
    this.#connection = connection;
    this.#now = now;
  }

  add(job: NewJob): Added {
    if (this.#insert(job)) return "added";
    if (!this.#connection.first(sql.removeDead, job.id)) return "known";
    this.#insert(job);
    return "revived";
  }

  /** A dead letter joins its lane at the end: the others went on without it. */
  revive(id: string): boolean {
    const dead = this.#connection.first<Omit<LeasedJob, "payload"> & { payload: string }>(sql.removeDead, id);
    if (!dead) return false;
    this.#connection.run(sql.add, dead.id, dead.task, dead.lane, this.#now(), dead.maxAttempts, dead.payload);
    return true;
  }

  /** How long until a job may run: 0 or less when one may now. */
  untilDueMs(): number {
    const dueAt = this.#connection.first<{ dueAt: number | null }>(sql.nextDue)?.dueAt ?? Number.POSITIVE_INFINITY;
    return dueAt - this.#now();
  }

  /** At most `limit` jobs that are due, in the order they were added. */
  lease(limit: number, leaseMs: number): LeasedJob[] {
    const at = this.#now();
    const rows = this.#connection.all<Omit<LeasedJob, "payload"> & { payload: string }>(sql.lease, at + leaseMs, at, limit);
    const jobs = rows.map((row) => ({ ...row, payload: JSON.parse(row.payload) as Json })).sort((a, b) => a.seq - b.seq);
    return jobs.filter((job) => !this.#buryIfSpent(job));
  }

  /** False when the lease was lost. */
  renew({ seq, lease }: LeasedJob, leaseMs: number): boolean {
    return this.#connection.run(sql.renew, this.#now() + leaseMs, seq, lease) > 0;
  }

  /** Changes nothing when the lease was lost. */
  end({ seq, lease, lane }: LeasedJob, end: JobEnd): void {
    if (end.kind === "later") {
      this.#connection.run(sql.later, this.#now() + end.delayMs, end.countsAsAttempt ? 0 : 1, end.error ?? null, seq, lease);
      return;
    }
    const isDone = end.kind === "done";
    const changed = this.#connection.run(sql.end, end.kind, this.#now(), isDone ? null : end.error, isDone ? 1 : 0, seq, lease);
    if (changed > 0 && lane !== null) this.#connection.run(sql.promote, lane);
  }

  deadLetters(limit: number): DeadLetter[] {
    return this.#connection.all<DeadLetter>(sql.dead, limit).map((row) => ({ ...row }));
  }

  #insert({ id, task, lane, runAt, maxAttempts, payload }: NewJob): boolean {
    const dueAt = runAt ?? this.#now();
    return this.#connection.run(sql.add, id, task, lane ?? null, dueAt, maxAttempts ?? defaultMaxAttempts, JSON.stringify(payload)) > 0;
  }

  /** A job whose workers died in every attempt would otherwise go on killing workers. */
  #buryIfSpent(job: LeasedJob): boolean {
    if (job.attempt <= job.maxAttempts) return false;
    this.end(job, { kind: "dead", error: "Its worker stopped in the middle of the last attempt." });
    return true;
  }
}

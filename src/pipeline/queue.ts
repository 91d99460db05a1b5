import type { Json } from "./json.ts";

export interface NewJob {
  /** Names the job for ever: an id that was added before is not added again. */
  readonly id: string;
  /** Which handler runs it. */
  readonly task: string;
  readonly payload: Json;
  /** Jobs of one lane run one at a time, in the order they were added, even when an earlier one waits for its retry. */
  readonly lane?: string;
  /** Not before this moment, in milliseconds since the epoch; at once when absent. */
  readonly runAt?: number;
  /** Attempts before the job becomes a dead letter; 10 when absent. */
  readonly maxAttempts?: number;
}

/** `revived`: the id was a dead letter and will be tried again from its first attempt. */
export type Added = "added" | "known" | "revived";

export interface Queue {
  /** Part of the transaction it is called in: the job exists exactly when that commits. Ids of finished jobs are known for 7 days. */
  add(job: NewJob): Promise<Added>;
}

/** The lane of everything about one workflow run. */
export const runLane = (runId: number): string => `run:${runId}`;

export async function addAll(jobs: readonly NewJob[], queue: Queue): Promise<void> {
  for (const job of jobs) await queue.add(job);
}

export interface Job {
  readonly id: string;
  readonly task: string;
  readonly payload: Json;
  /** 1 for the first try. */
  readonly attempt: number;
  /** Aborted when the lease was lost to another worker: stop, what you do no longer counts. */
  readonly signal: AbortSignal;
}

export type Handlers = Readonly<Record<string, (job: Job) => Promise<void>>>;

/** Thrown by a handler to be called again later. It is no failure and uses up no attempt. */
export class Postponed extends Error {
  override readonly name = "Postponed";
  readonly delayMs: number;

  constructor(delayMs: number) {
    super(`postponed by ${delayMs} ms`);
    this.delayMs = delayMs;
  }
}

/** Runs the jobs of a queue. A job whose worker died runs again when its lease ends. A handler that throws is retried with growing delay. */
export interface QueueWorker {
  start(handlers: Handlers): void;
  /** Resolves when nothing runs and nothing is due, or after `withinMs`: what was taken is then done, with all that came of it. */
  drain(withinMs: number): Promise<void>;
  /** Takes nothing new, waits up to `graceMs` for what runs, and hands the rest back to the queue. */
  stop(graceMs: number): Promise<void>;
}

export interface DeadLetter {
  readonly id: string;
  readonly task: string;
  readonly attempts: number;
  readonly error: string;
  /** Milliseconds since the epoch. */
  readonly diedAt: number;
}

export interface DeadLetters {
  /** Newest first, at most `limit`. */
  list(limit: number): Promise<readonly DeadLetter[]>;
  /** Tries a dead letter again from its first attempt; false when there is none of that id. */
  retry(id: string): Promise<boolean>;
}

import { ServiceError, storage } from "../../errors.ts";

export interface PendingWork {
  readonly run: () => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Waiting extends PendingWork {
  readonly deadlineAt: number;
  readonly expiry: NodeJS.Timeout;
  isOver: boolean;
}

/** Works waiting for their transaction, in order of arrival. One that does not begin in time is rejected and never runs. */
export class PendingWorks {
  #waiting: Waiting[] = [];
  #first = 0;
  #live = 0;

  get isEmpty(): boolean {
    return this.#live === 0;
  }

  get size(): number {
    return this.#live;
  }

  add(work: PendingWork, beginWithinMs: number): void {
    const waiting: Waiting = {
      ...work,
      deadlineAt: performance.now() + beginWithinMs,
      expiry: setTimeout(() => this.#giveUp(waiting), beginWithinMs),
      isOver: false,
    };
    this.#waiting.push(waiting);
    this.#live++;
  }

  /** Takes out the earliest work that may still begin. */
  next(): PendingWork | undefined {
    while (this.#first < this.#waiting.length) {
      const work = this.#waiting[this.#first++];
      if (!work || work.isOver) continue;
      // Checked beside the timer, because timers are late when this process was blocked.
      if (performance.now() > work.deadlineAt) this.#giveUp(work);
      else {
        this.#leave(work);
        return work;
      }
    }
    this.#waiting = [];
    this.#first = 0;
    return undefined;
  }

  rejectAll(error: unknown): void {
    for (let work = this.next(); work; work = this.next()) work.reject(error);
  }

  #giveUp(work: Waiting): void {
    this.#leave(work);
    work.reject(new ServiceError("The database was busy for too long; nothing was changed.", { service: storage, retryable: true }));
  }

  #leave(work: Waiting): void {
    clearTimeout(work.expiry);
    work.isOver = true;
    this.#live--;
  }
}

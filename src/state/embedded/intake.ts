const windowMs = 100;
/** So few are no flood: they are leased as they come. */
const fewJobs = 50;

/**
 * Notices a flood: jobs come in much faster than they end. Those who send them wait to hear that they are stored, so storing comes first
 * then. A backlog is no flood, because it ends more than it adds.
 */
export class Intake {
  readonly #now: () => number;
  #added = 0;
  #ended = 0;
  #windowEndsAt: number;
  #isFlooded = false;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#windowEndsAt = now() + windowMs;
  }

  added(): void {
    this.#added += 1;
  }

  ended(): void {
    this.#ended += 1;
  }

  isFlooded(): boolean {
    const lateMs = this.#now() - this.#windowEndsAt;
    if (lateMs < 0) return this.#isFlooded;

    const windows = 1 + lateMs / windowMs;
    this.#isFlooded = this.#added / windows > fewJobs && this.#added > 2 * this.#ended;
    this.#added = 0;
    this.#ended = 0;
    this.#windowEndsAt = this.#now() + windowMs;
    return this.#isFlooded;
  }
}

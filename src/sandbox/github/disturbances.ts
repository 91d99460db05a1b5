/** How the deliveries that follow come wrong. */
export interface Disturbance {
  /** Each comes twice, the second time under a GUID of its own, as from a hook of the organisation. */
  readonly duplicate?: boolean;
  /** Of two that follow each other the later comes first. */
  readonly reorder?: boolean;
  /** So many are lost on the way; the log of deliveries says so. */
  readonly drop?: number;
}

// A delivery that no other follows is not held back for ever.
const longestHoldMs = 1_000;

/** Disturbs deliveries as told. */
export class Disturbances {
  #wanted: Disturbance = {};
  #left = 0;
  #release: (() => void) | undefined;

  get duplicates(): boolean {
    return this.#wanted.duplicate === true;
  }

  set(wanted: Disturbance): void {
    this.#wanted = wanted;
    this.#left = wanted.drop ?? 0;
    this.#release?.();
  }

  /** Whether this delivery gets lost. */
  loses(): boolean {
    if (this.#left === 0) return false;
    this.#left -= 1;
    return true;
  }

  /** Waits for a delivery's turn; what it gives back is to be called once the delivery was answered. */
  async turn(): Promise<() => void> {
    const first = this.#release;
    if (first) {
      this.#release = undefined;
      return first;
    }
    if (this.#wanted.reorder) await this.#untilReleased();
    return () => {};
  }

  async #untilReleased(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, longestHoldMs);
    this.#release = resolve;
    await promise;
    clearTimeout(timer);
    if (this.#release === resolve) this.#release = undefined;
  }
}

/** Wakes one sleeper; ringing while nobody sleeps makes the next sleep end at once. */
export class Alarm {
  #hasRung = false;
  #wake: (() => void) | undefined;

  readonly ring = (): void => {
    this.#hasRung = true;
    this.#wake?.();
  };

  async sleep(limitMs: number): Promise<void> {
    if (!this.#hasRung && limitMs > 0) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, limitMs);
      this.#wake = resolve;
      await promise;
      clearTimeout(timer);
    }
    this.#hasRung = false;
  }
}

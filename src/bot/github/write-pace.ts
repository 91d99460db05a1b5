import { paces } from "../paces.ts";

const burst = 5;

/**
 * GitHub asks for about one write a second; a short burst is fine, and lets an answer follow its reaction at once. Nobody waits in here:
 * a worker that waited would keep others from being answered.
 */
export interface WritePace {
  /**
   * Takes a write.
   *
   * @param spare how many writes must be left for more important things
   * @returns 0 when it may be made now, else how many milliseconds until the next one
   */
  take(spare?: number): number;
}

/** @param refillMs how long until another write may be made once the burst is spent */
export function createWritePace(refillMs: number = paces.githubMs, now: () => number = () => performance.now()): WritePace {
  let left = burst;
  let refilledAt = now();
  return {
    take(spare = 0) {
      const gained = Math.floor((now() - refilledAt) / refillMs);
      left = Math.min(burst, left + gained);
      refilledAt = left === burst ? now() : refilledAt + gained * refillMs;
      if (left <= spare) return Math.max(1, refillMs - (now() - refilledAt));
      left -= 1;
      return 0;
    },
  };
}

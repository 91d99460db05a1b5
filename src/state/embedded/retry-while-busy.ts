import { setTimeout as sleep } from "node:timers/promises";
import { isBusy } from "./sqlite-errors.ts";

/**
 * Repeats an action that another process's lock prevents, without blocking this process in between. False when it was given up
 * because nobody wanted it any more.
 */
export async function retryWhileBusy(action: () => void, isWanted: () => boolean, random: () => number): Promise<boolean> {
  while (isWanted()) {
    try {
      action();
      return true;
    } catch (error) {
      if (!isBusy(error)) throw error;
    }
    // Uneven pauses, so that two processes do not keep missing the same gap.
    await sleep(2 + random() * 18);
  }
  return false;
}

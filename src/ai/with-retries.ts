import { setTimeout as sleep } from "node:timers/promises";
import type { Trouble } from "./trouble.ts";

/** Requests that one question may come to: the first, and two more. */
export const mostAttempts = 3;

const firstWaitMs = 500;
/** Whoever is asked to come back later than this does not wait here. */
const longestWaitMs = 20_000;

export type Attempted<T> = { readonly value: T } | { readonly trouble: Trouble };

/** Asks again while that may help and the signal lasts. Nothing that has begun to be answered is asked again: it may be billed. */
export async function withRetries<T>(
  attempt: () => Promise<Attempted<T>>,
  signal: AbortSignal,
  random: () => number,
): Promise<Attempted<T>> {
  for (let done = 1; ; done += 1) {
    const result = await attempt();
    if ("value" in result || !result.trouble.isPassing || done === mostAttempts || signal.aborted) return result;
    // Somewhat more than was asked for, and not all at once: whoever was refused together comes back one by one.
    const waitMs = (result.trouble.afterMs ?? firstWaitMs * 2 ** (done - 1)) + random() * firstWaitMs;
    if (waitMs > longestWaitMs) return result;
    await sleep(waitMs, undefined, { signal }).catch(() => {});
    if (signal.aborted) return result;
  }
}

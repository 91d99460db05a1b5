import { setTimeout as sleep } from "node:timers/promises";

/** Asking costs time that what is waited for needs, so that a long wait asks less often. */
const [shortestMs, longestMs] = [10, 100];

/** Asks again and again until the answer is neither undefined nor false. Throws when it never is. */
export async function eventually<T>(ask: () => T | Promise<T>, withinMs = 20_000): Promise<Exclude<T, undefined | false>> {
  const since = Date.now();
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer as Exclude<T, undefined | false>;
    if (Date.now() - since > withinMs) throw new Error(`It did not happen within ${withinMs} ms: ${ask}`);
    await sleep(Math.min(shortestMs + (Date.now() - since) / 10, longestMs));
  }
}

import { setTimeout as sleep } from "node:timers/promises";

/** Asks again and again until the answer is neither undefined nor false. Throws when it never is. */
export async function eventually<T>(ask: () => T | Promise<T>, withinMs = 20_000): Promise<Exclude<T, undefined | false>> {
  const until = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer as Exclude<T, undefined | false>;
    if (Date.now() > until) throw new Error(`It did not happen within ${withinMs} ms: ${ask}`);
    await sleep(10);
  }
}

import type { Json } from "../../pipeline/json.ts";
import type { Records } from "../../pipeline/records.ts";

/** What a source said, and when (milliseconds since the epoch). */
export interface Copy<T extends Json> {
  readonly body: T;
  readonly fetchedAt: number;
  /** It should have been fetched again, and could not be. */
  readonly isOld: boolean;
}

interface Options<T extends Json> {
  /** Names the source for ever: another address is another source. */
  readonly key: string;
  readonly freshMs: number;
  /** @throws Error when the source is away, or what it says is of no use */
  fetch(): Promise<T>;
  readonly records: Records;
  readonly now: () => number;
  onAway(error: unknown): void;
}

/** An away source is asked again no sooner. */
const againMs = 60_000;

/**
 * Keeps what a source said last, over a restart too: while the source is away that copy answers.
 *
 * @returns undefined when it has never said anything
 */
export function keptCopy<T extends Json>({ key, freshMs, fetch, records, now, onAway }: Options<T>): () => Promise<Copy<T> | undefined> {
  let known: { body: T; fetchedAt: number } | undefined;
  let awayAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;
  const isOld = () => known === undefined || now() - known.fetchedAt >= freshMs;

  async function ask(): Promise<void> {
    // Another process may have asked.
    known = (await records.transaction(({ notes }) => notes.find<{ body: T; fetchedAt: number }>(key))) ?? known;
    if (!isOld() || now() - awayAt < againMs) return;
    try {
      const copy = { body: await fetch(), fetchedAt: now() };
      await records.transaction(({ notes }) => notes.put(key, copy));
      known = copy;
    } catch (error) {
      awayAt = now();
      onAway(error);
    }
  }

  return async () => {
    if (isOld()) {
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      await asking;
    }
    return known && { ...known, isOld: isOld() };
  };
}

import { ServiceError, UserError } from "../../errors.ts";
import type { SessionEvent } from "./event.ts";
import type { Journal } from "./journal.ts";
import type { Spooled } from "./spool.ts";

/** What became of an event. What is refused is refused for good, as far as is known. */
export type Told = "taken" | { readonly problem: string };

/** Where events go: a bot, or the ledger of this machine. */
export interface SpoolDestination {
  /**
   * Telling an event again changes nothing.
   *
   * @returns what became of each, in their order
   * @throws UserError where a person has to mend something, ServiceError where it does not answer within that time
   */
  take(events: readonly SessionEvent[], withinMs: number): Promise<readonly Told[]>;
  close(): void;
}

export interface Drained {
  readonly told: number;
  /** The sessions whose usage was among them. */
  readonly usedBy: ReadonlySet<string>;
  /**
   * `empty`: nothing waits · `elsewhere`: another process is at it · `resting`: it did not answer just now, so that nobody tries · `missed`: it did
   * not answer · `out_of_time`
   */
  readonly end: "empty" | "elsewhere" | "resting" | "missed" | "out_of_time";
}

export interface Patience {
  /** How long it may take in all. */
  readonly withinMs: number;
  /** Tries although it did not answer a moment ago. */
  readonly isPatient: boolean;
  readonly now: () => number;
  readonly signal?: AbortSignal;
}

/** A hook that met no answer spares the next ones the waiting. */
const restMs = 30_000;
const mostAtOnce = 200;
/** Proxies commonly take a megabyte. */
const mostBytesAtOnce = 256 << 10;
const longestTakeMs = 30_000;
/** The lease of a process that was killed is over that long after its time. */
const leaseMarginMs = 5_000;
const leaseKey = "deliver:lease";
const restKey = "deliver:rest";

/** Whether the destination did not answer just now. */
export const isResting = ({ once }: Pick<Journal, "once">, now: number): boolean => once.isTaken(restKey, now);

/** Notes that it answers. */
export function answered({ once, spool }: Journal, now: number): void {
  spool.trouble(undefined, now);
  once.giveBack(restKey);
}

/** Notes that the destination did not answer, and why. */
export function rest({ once, spool, transaction }: Journal, error: UserError | ServiceError, now: number): void {
  transaction(() => {
    once.giveBack(restKey);
    once.take(restKey, restMs, now);
    spool.trouble({ text: error.message, isForPerson: error instanceof UserError }, now);
  });
}

/**
 * Tells what waits in the spool, in its order. Of any number of processes one does it. An event is removed after it was taken: who is killed in
 * between leaves it there, and telling it again changes nothing.
 */
export async function drain(journal: Journal, open: () => Promise<SpoolDestination>, patience: Patience): Promise<Drained> {
  const { once, spool } = journal;
  const { withinMs, isPatient, now, signal } = patience;
  const giveUpAt = now() + withinMs;
  const usedBy = new Set<string>();
  let told = 0;
  const ended = (end: Drained["end"]): Drained => ({ told, usedBy, end });

  if (spool.next(1).length === 0) return ended("empty");
  if (!isPatient && isResting(journal, now())) return ended("resting");
  if (!once.take(leaseKey, leaseMsFor(withinMs), now())) return ended("elsewhere");
  let destination: SpoolDestination | undefined;
  try {
    destination = await open();
    for (;;) {
      const waiting = spool.next(mostAtOnce, mostBytesAtOnce);
      if (waiting.length === 0) return ended("empty");
      const leftMs = giveUpAt - now();
      if (leftMs <= 0 || signal?.aborted) return ended("out_of_time");
      if (told > 0) renew(journal, leaseMsFor(leftMs), now());
      const results = await destination.take(
        waiting.map(({ event }) => event),
        Math.min(leftMs, longestTakeMs),
      );
      settle(journal, waiting, results, now());
      told += results.filter((result) => result === "taken").length;
      for (const { event } of waiting) if (event.type === "usage" && event.usage.session !== undefined) usedBy.add(event.usage.session);
    }
  } catch (error) {
    if (!(error instanceof UserError || error instanceof ServiceError)) throw error;
    rest(journal, error, now());
    return ended("missed");
  } finally {
    destination?.close();
    once.giveBack(leaseKey);
  }
}

const leaseMsFor = (withinMs: number): number => Math.min(withinMs, longestTakeMs) + leaseMarginMs;

function renew({ once, transaction }: Journal, leaseMs: number, now: number): void {
  transaction(() => {
    once.giveBack(leaseKey);
    once.take(leaseKey, leaseMs, now);
  });
}

function settle(journal: Journal, waiting: readonly Spooled[], results: readonly Told[], now: number): void {
  const { spool, transaction } = journal;
  transaction(() => {
    spool.remove(waiting.filter((_, index) => results[index] === "taken"));
    spool.setAside(
      waiting.flatMap((one, index) => {
        const result = results[index];
        return typeof result === "object" ? [{ ...one, problem: result.problem }] : [];
      }),
      now,
    );
    answered(journal, now);
  });
}

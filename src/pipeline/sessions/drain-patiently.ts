import { type Drained, drain, type Patience, type SpoolDestination } from "./drain.ts";
import type { Journal } from "./journal.ts";

interface Waiting extends Omit<Patience, "isPatient"> {
  readonly wait: (ms: number) => Promise<unknown>;
  /** Asks again where nobody answers. */
  readonly insists: boolean;
}

const pauseMs = 500;

/** Tells what waits, however it went a moment ago, and waits for another process that is at it: one that was killed holds it up for some seconds. */
export async function drainPatiently(journal: Journal, open: () => Promise<SpoolDestination>, waiting: Waiting): Promise<Drained> {
  const { withinMs, now, wait, insists } = waiting;
  const giveUpAt = now() + withinMs;
  let told = 0;
  let usedBy: ReadonlySet<string> = new Set();
  for (;;) {
    const drained = await drain(journal, open, { ...waiting, withinMs: giveUpAt - now(), isPatient: true });
    told += drained.told;
    usedBy = usedBy.union(drained.usedBy);
    const helps = drained.end === "elsewhere" || (insists && drained.end === "missed" && !journal.spool.standing().trouble?.isForPerson);
    if (!helps || now() + pauseMs >= giveUpAt) return { ...drained, told, usedBy };
    await wait(pauseMs);
  }
}

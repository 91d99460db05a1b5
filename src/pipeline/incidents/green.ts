import { type Change, change } from "./change.ts";
import type { Incident, Person, Recovery, RunMark } from "./incident.ts";
import { orderOf } from "./order.ts";
import { flipsInADay, greensWithinMs } from "./timings.ts";

/**
 * A run passed.
 *
 * @param flips how many incidents of the same key began within a day, this one among them
 * @returns undefined where that says nothing of how it stands: it began before the newest failure
 */
export function pass(before: Incident, run: RunMark, flips: number, now: number): Change | undefined {
  if (orderOf(run, before.lastRed) <= 0) return undefined;
  const greens = [...before.greens.filter((one) => run.at - one.at <= greensWithinMs), run];
  if (flips >= flipsInADay && greens.length < 2) return change(before, { greens }, [], now);
  return recover(before, recoveryOf(before, run), now, run);
}

/** It is green where it was red. */
export function recover(before: Incident, as: Recovery, now: number, run?: RunMark): Change {
  const resolved = { at: now, as };
  const greens = run ? [...before.greens, run] : before.greens;
  return change(before, { ...over, resolved, greens }, [{ kind: "recovered", reason: as, ...(run && { run }) }], now);
}

/** A person says that it is over. */
export function resolveByHand(before: Incident, by: Person, now: number): Change {
  return change(before, { ...over, resolved: { at: now, as: "by_hand", by } }, [{ kind: "recovered", reason: "by_hand", by }], now);
}

const over = { state: "resolved", due: {}, snooze: undefined } as const;

/** The green run that came after somebody had said it was over. It opens nothing and disturbs nobody. */
export function attach(before: Incident, run: RunMark, now: number): Change | undefined {
  if (before.resolved?.as !== "by_hand" || before.greens.length > 0 || orderOf(run, before.lastRed) <= 0) return undefined;
  return change(before, { greens: [run] }, [], now);
}

/** The same commit: a flake. A newer one: fixed. One of several that failed, or another pull request in the queue: who knows. */
function recoveryOf({ subject, firstRed, lastRed }: Incident, run: RunMark): Recovery {
  if (run.headSha === lastRed.headSha) return firstRed.headSha === lastRed.headSha ? "flake" : "unknown";
  if (subject.kind === "pipeline" && subject.trigger === "merge_queue")
    return run.pullRequest === lastRed.pullRequest ? "fixed" : "unknown";
  return "fixed";
}

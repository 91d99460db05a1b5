import { released } from "./act.ts";
import { type Change, type Changes, change, type News } from "./change.ts";
import { recover } from "./green.ts";
import type { Called, Due, Incident } from "./incident.ts";
import { escalationRounds, type Timings } from "./timings.ts";

/**
 * Does what is due by now, all of it. A timer that comes late, early or twice changes nothing that is not due.
 *
 * @param called who is on call now, for an escalation
 */
export function tick(before: Incident, called: readonly Called[], now: number, timings: Timings): Change | undefined {
  if (before.state === "resolved") return undefined;
  const { due } = before;
  const isDue = (at: number | undefined): boolean => at !== undefined && at <= now;
  if (isDue(due.quietAt)) return recover(before, "unknown", now);

  let after: Changes = {};
  let next: Due = due;
  const news: News[] = [];
  if (isDue(due.tellAt)) {
    const { tellAt: _, ...rest } = next;
    next = rest;
    after = { ...after, isTold: true };
  }
  if (isDue(due.snoozedUntil)) {
    const { snoozedUntil: _, ...rest } = next;
    const then = before.owner
      ? { remindAt: now + timings.remindMs }
      : before.outage === undefined
        ? { escalateAt: now + timings.escalateMs }
        : {};
    next = { ...rest, ...then, stillBrokenAt: now + timings.stillBrokenMs };
    after = { ...after, snooze: undefined };
    news.push({ kind: "reminded", reason: "snooze_over" });
  }
  if (isDue(due.releaseAt)) {
    const change = released({ ...before, due: next }, now, timings);
    next = change.due ?? next;
    after = { ...after, ...change };
    news.push({
      kind: "unacknowledged",
      reason: "no_answer",
      ...(before.owner && { from: before.owner.person }),
      ...(called.length > 0 && { called }),
    });
  } else if (isDue(due.remindAt)) {
    const { remindAt: _, ...rest } = next;
    next = { ...rest, releaseAt: now + timings.releaseMs };
    news.push({ kind: "reminded", reason: "owner", ...(before.owner && { from: before.owner.person }) });
  }
  if (isDue(due.escalateAt)) {
    const { escalateAt: _, ...rest } = next;
    const escalations = before.escalations + 1;
    next = escalations < escalationRounds ? { ...rest, escalateAt: now + timings.escalateMs } : rest;
    after = { ...after, escalations };
    news.push({ kind: "escalated", reason: escalations > 1 ? "still_unowned" : "unowned", ...(called.length > 0 && { called }) });
  }
  if (isDue(due.stillBrokenAt)) {
    next = { ...next, stillBrokenAt: now + timings.stillBrokenMs };
    news.push({ kind: "reminded", reason: "still_broken" });
  }
  if (next === due) return undefined;
  return change(before, { ...after, due: next }, news, now);
}

/** The next moment at which something is due; undefined when nothing is. */
export function nextDue({ due }: Incident): number | undefined {
  const moments = Object.values(due).filter((at): at is number => typeof at === "number");
  return moments.length === 0 ? undefined : Math.min(...moments);
}

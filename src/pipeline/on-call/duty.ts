import type { Duty } from "./on-call.ts";
import type { Timeline } from "./rotation.ts";
import type { Schedule } from "./schedule.ts";

/** What a source says. */
export interface Reading {
  readonly timeline: Timeline;
  readonly unknown?: readonly string[];
  readonly staleSince?: number;
}

/** How a schedule stands at a moment, with its fallback wherever nobody is on call. */
export function toDuty({ name, fallback }: Schedule, reading: Reading | undefined, moment: number): Duty {
  if (!reading) return { schedule: name, now: { people: [fallback] }, isEmpty: true, isUnread: true };
  const { timeline, unknown = [], staleSince } = reading;
  const now = timeline(moment);
  const next = now.until === undefined ? undefined : timeline(now.until);
  const isEmpty = now.people.length === 0;
  return {
    schedule: name,
    now: isEmpty ? { ...now, people: [fallback] } : now,
    ...(next && { next: next.people.length === 0 ? { ...next, people: [fallback], isEmpty: true } : next }),
    isEmpty,
    ...(unknown.length > 0 && { unknown }),
    ...(staleSince !== undefined && { staleSince }),
  };
}

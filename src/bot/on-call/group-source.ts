import { keptCopy } from "./kept-copy.ts";
import type { Source, SourceNeeds } from "./source.ts";

const freshMs = 5 * 60_000;

/** Who is on call by a user group: all of its members, until it is changed. */
export function groupSource(name: string, group: string, { membersOf, records, now, log }: SourceNeeds): Source {
  const copy = keptCopy<string[]>({
    key: `on-call:group:${group}`,
    freshMs,
    fetch: async () => [...(await membersOf(group))],
    records,
    now,
    onAway: (error) => log.warn({ schedule: name, err: error }, "Slack did not say who is in an on-call user group"),
  });
  return async () => {
    const found = await copy();
    return found && { timeline: () => ({ people: found.body }), ...(found.isOld && { staleSince: found.fetchedAt }) };
  };
}

import { type Change, type Changes, change } from "./change.ts";
import type { Called, Due, Incident, Person } from "./incident.ts";
import type { Timings } from "./timings.ts";

/** What an act came to: a change, or why there is none. */
export type Acted =
  | { readonly kind: "changed"; readonly change: Change }
  /** The same person has it, and has now said that they are still at it. */
  | { readonly kind: "confirmed"; readonly change: Change }
  | { readonly kind: "taken"; readonly owner: NonNullable<Incident["owner"]> }
  | { readonly kind: "nobodys" | "over" };

/** Takes it. Where somebody else has it, nothing changes unless the person takes it over. */
export function acknowledge(before: Incident, by: Person, isTakeOver: boolean, now: number, timings: Timings): Acted {
  if (before.state === "resolved") return { kind: "over" };
  const { owner } = before;
  const { escalateAt: _, remindAt: __, releaseAt: ___, snoozedUntil: ____, ...rest } = before.due;
  // A snooze had taken it away.
  const stillBrokenAt = rest.stillBrokenAt ?? now + timings.stillBrokenMs;
  const due = { ...rest, remindAt: now + timings.remindMs, stillBrokenAt };
  if (owner && isSame(owner.person, by)) {
    const kept = before.snooze ? before.due : due;
    return { kind: "confirmed", change: change(before, { due: kept }, [], now) };
  }
  if (owner && !isTakeOver) return { kind: "taken", owner };
  const news = { kind: "acknowledged", reason: owner ? "taken_over" : "taken", by, ...(owner && { from: owner.person }) } as const;
  const owned = { state: "acknowledged", owner: { person: by, since: now }, snooze: undefined, due } as const;
  return { kind: "changed", change: change(before, owned, [news], now) };
}

/** Gives it back. */
export function unacknowledge(before: Incident, by: Person, now: number, timings: Timings): Acted {
  if (before.state === "resolved") return { kind: "over" };
  if (!before.owner) return { kind: "nobodys" };
  const news = { kind: "unacknowledged", reason: "by_hand", by, from: before.owner.person } as const;
  return { kind: "changed", change: change(before, released(before, now, timings), [news], now) };
}

/** Nobody's again, from now on. */
export function released(before: Incident, now: number, timings: Timings): Changes {
  const { remindAt: _, releaseAt: __, ...rest } = before.due;
  const due: Due = before.snooze || before.outage !== undefined ? rest : { ...rest, escalateAt: now + timings.escalateMs };
  return { state: "open", owner: undefined, escalations: 0, due };
}

/** Nothing is said of it until then, unless something else fails. */
export function snooze(before: Incident, by: Person, until: number | "fixed", now: number): Acted {
  if (before.state === "resolved") return { kind: "over" };
  const { tellAt, quietAt } = before.due;
  const due = {
    ...(tellAt !== undefined && { tellAt }),
    ...(quietAt !== undefined && { quietAt }),
    ...(until !== "fixed" && { snoozedUntil: until }),
  };
  const news = { kind: "snoozed", reason: "by_hand", by, until } as const;
  return { kind: "changed", change: change(before, { snooze: { by, until }, due }, [news], now) };
}

/** Calls whoever is on call, now. */
export function escalate(before: Incident, by: Person, called: readonly Called[], now: number, timings: Timings): Acted {
  if (before.state === "resolved") return { kind: "over" };
  const news = { kind: "escalated", reason: "by_hand", by, ...(called.length > 0 && { called }) } as const;
  // Who calls people wants it heard of: a snooze ends.
  const { snoozedUntil: _, ...rest } = before.due;
  const stillBrokenAt = rest.stillBrokenAt ?? now + timings.stillBrokenMs;
  const reminder = before.owner && before.snooze ? { remindAt: now + timings.remindMs } : {};
  // What is part of something greater goes on being escalated there.
  const next = before.owner || before.outage !== undefined ? reminder : { escalateAt: now + timings.escalateMs };
  const due = { ...rest, stillBrokenAt, ...next };
  const escalated = { escalations: before.escalations + 1, due, isTold: true, snooze: undefined };
  return { kind: "changed", change: change(before, escalated, [news], now) };
}

/** The same person may come from Slack and from GitHub. */
export const isSame = (one: Person, other: Person): boolean =>
  one.key === other.key ||
  (one.account !== undefined && one.account.id === other.account?.id) ||
  (one.slackUser !== undefined && one.slackUser === other.slackUser);

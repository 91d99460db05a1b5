import type { SessionTold } from "./event.ts";
import type { Journal } from "./journal.ts";
import type { Origin } from "./origin.ts";
import type { Session } from "./sessions.ts";

/** What a hook knows of its session. */
export interface Seen {
  readonly id: string;
  readonly origin: Origin;
  /** The version of the hooks. */
  readonly version: string;
  readonly transcript?: string;
  readonly source?: string;
}

/** A session starts, is resumed, or goes on after it was compacted. */
export function startSession(journal: Journal, seen: Seen, now: number): void {
  journal.transaction(() => {
    const isGoingOn = journal.sessions.find(seen.id)?.state === "open";
    const isShorter = seen.source === "compact" || seen.source === "clear";
    const session = reopen(journal, seen, now, (each) => ({
      ...each,
      ...(!isGoingOn && { startedAt: now }),
      ...(isShorter && { compactedAt: now }),
    }));
    journal.spool.add([toldOf(session, "started", session.startedAt)], now);
  });
}

/** Something happened in a session: it is alive, also where it was taken for dead. */
export const touchSession = (journal: Journal, seen: Seen, now: number, change?: Change): Session =>
  journal.transaction(() => reopen(journal, seen, now, change));

type Change = (session: Omit<Session, "id">) => Omit<Session, "id">;

function reopen(journal: Journal, seen: Seen, now: number, change: Change = (session) => session): Session {
  return journal.sessions.update(seen.id, (before) => {
    if (before?.finishedAs !== undefined) journal.once.giveBack(before.finishedAs);
    const { endedAt: _, finishedAs: __, ccusage, ...kept } = before ?? {};
    return change({
      ...{ beganAt: now, startedAt: now, ...(seen.source !== undefined && { source: seen.source }) },
      ...kept,
      // What was compared was another session than it is going to be.
      ...(before?.state === "open" && ccusage && { ccusage }),
      ...{ state: "open", seenAt: now, version: seen.version, origin: seen.origin },
      ...(seen.transcript !== undefined && { transcript: seen.transcript }),
    });
  });
}

/** The event of a session; its end is told again when something more is known of it. */
export function toldOf({ id, startedAt, version, origin, ccusage }: Session, state: SessionTold["state"], at: number): SessionTold {
  const difference = state === "ended" && ccusage?.outcome === "different" ? ccusage.sentence : undefined;
  return {
    type: "session",
    id: `${id}:${startedAt}:${state}`,
    at,
    state,
    version,
    ...origin,
    session: id,
    ...(difference !== undefined && { difference }),
  };
}

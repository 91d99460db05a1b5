import { createHash } from "node:crypto";
import type { Journal } from "./journal.ts";
import { toldOf } from "./life.ts";
import type { Origin } from "./origin.ts";

const keptMs = 7 * 24 * 60 * 60_000;

/** One session at one commit, in one attempt of a workflow run. */
export const sessionKey = (session: string, { headSha, runId, attempt }: Origin): string =>
  createHash("sha256")
    .update([session, headSha, runId, attempt].map((part) => part ?? "").join(":"))
    .digest("hex");

/**
 * A session is over.
 *
 * @param isRead whether all that it used is told; what is not is tried again, and until then the session stays open
 * @returns whether it is final by this call
 */
export function finishSession(
  journal: Journal,
  id: string,
  now: number,
  { endedAt, isRead }: { endedAt: number; isRead: boolean },
): boolean {
  return journal.transaction(() => {
    const before = journal.sessions.find(id);
    if (before === undefined || before.state === "final") return false;
    const finishedAs = `session:${sessionKey(id, before.origin)}`;
    if (isRead && !journal.once.take(finishedAs, keptMs, now)) return false;
    const session = journal.sessions.update(id, () => ({ ...before, endedAt, ...(isRead && { state: "final", finishedAs }) }));
    journal.spool.add([toldOf(session, "ended", endedAt)], now);
    return isRead;
  });
}

import { statSync } from "node:fs";
import type { Session } from "../../pipeline/sessions/sessions.ts";
import type { HookModule } from "../module.ts";

const silentMs = 60 * 60_000;
const mostMs = 5_000;
const mostSessions = 50;

export const leftovers: HookModule<"session-start"> = {
  name: "leftovers",
  summary: "Reads what sessions used that were killed before they could tell it.",
  async run({ session_id: own }, context) {
    const journal = context.journal();
    const silentSince = context.now() - silentMs;
    const dead = journal.sessions.silentSince(silentSince, mostSessions).filter((each) => each.id !== own && !isGrowing(each, silentSince));
    if (dead.length === 0) return undefined;
    const until = performance.now() + mostMs;
    const { finishUsage } = await import("../usage/session-usage.ts");
    for (const { id, transcript = "", origin, seenAt, endedAt = seenAt } of dead) {
      const leftMs = until - performance.now();
      if (leftMs <= 0 || context.signal.aborted) break;
      await finishUsage({ id, transcript, origin }, context, { mostMs: leftMs, endedAt, isLastTry: true });
    }
    return undefined;
  },
};

/** A session that waits for its person writes nothing, and neither does one that was killed; one that works writes. */
function isGrowing({ transcript }: Session, since: number): boolean {
  const stats = transcript === undefined ? undefined : statSync(transcript, { throwIfNoEntry: false });
  return stats !== undefined && stats.mtimeMs >= since;
}

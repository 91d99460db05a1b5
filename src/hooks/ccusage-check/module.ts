import { toldOf } from "../../pipeline/sessions/life.ts";
import type { HookModule } from "../module.ts";

export const ccusageCheck: HookModule<"session-end"> = {
  name: "ccusage-check",
  summary: "Compares what was read of the session with what ccusage reads, where it is installed, and explains what differs.",
  async run({ session_id: id }, context) {
    const journal = context.journal();
    const session = id === undefined ? undefined : journal.sessions.find(id);
    if (session?.state !== "final" || session.ccusage !== undefined) return undefined;
    const { checkSession } = await import("./check-session.ts");
    const ccusage = await checkSession(session, context);
    journal.transaction(() => {
      const after = journal.sessions.update(session.id, (now) => ({ ...session, ...now, ccusage }));
      // It is told again with what differs.
      if (ccusage.outcome === "different") journal.spool.add([toldOf(after, "ended", after.endedAt ?? ccusage.at)], context.now());
    });
    context.note("compared with ccusage", { outcome: ccusage.outcome, ...(ccusage.sentence && { why: ccusage.sentence }) });
    return undefined;
  },
};

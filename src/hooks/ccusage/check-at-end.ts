import { toldOf } from "../../pipeline/sessions/life.ts";
import type { Session } from "../../pipeline/sessions/sessions.ts";
import type { Context } from "../context.ts";
import { checkSession } from "./check-session.ts";

/** Remembers what the check came to, and tells the end of the session again where something differs. */
export async function checkAtEnd(session: Session, context: Context): Promise<void> {
  const journal = context.journal();
  const ccusage = await checkSession(session, context);
  journal.transaction(() => {
    const after = journal.sessions.update(session.id, (now) => ({ ...session, ...now, ccusage }));
    if (ccusage.outcome === "different") journal.spool.add([toldOf(after, "ended", after.endedAt ?? ccusage.at)], context.now());
  });
  context.note("compared with ccusage", { outcome: ccusage.outcome, ...(ccusage.sentence && { why: ccusage.sentence }) });
}

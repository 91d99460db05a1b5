import type { AuditEntry } from "../audit.ts";
import type { RequestTold } from "./event.ts";
import { requestInWords } from "./in-words.ts";

/** What a session asked for, as a line of the audit has it, but for how it ended. */
export function sessionAudit(
  { channel, subject, reason, session, actor, repository, pullRequest }: RequestTold,
  durationMs: number,
  now: number,
): Omit<AuditEntry, "intent" | "outcome" | "reason" | "reply"> {
  return {
    endedAt: now,
    durationMs,
    surface: "session",
    // Who says so holds a token of the bot's, but the name is what the machine says it is.
    actor: `session:${session ?? "unknown"}`,
    actorName: actor ?? "unknown",
    command: `${subject}-request`,
    text: `ask ${channel} for ${requestInWords[subject]}: ${reason}`,
    ...(repository !== undefined && { repository }),
    ...(pullRequest !== undefined && { pullRequest }),
  };
}

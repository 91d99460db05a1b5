import { done, text } from "../../reply.ts";
import type { Transaction } from "../records.ts";
import type { RequestTold } from "./event.ts";
import { requestInWords } from "./in-words.ts";
import type { Observation, Observed } from "./observed.ts";

/** Writes down what a hook tells. What somebody's advice was asked for is in the audit, once. */
export async function recordObservation(
  tx: Pick<Transaction, "observed" | "audit">,
  observation: Observation,
  now: number,
): ReturnType<Observed["put"]> {
  const result = await tx.observed.put(observation);
  if (observation.type === "request" && result === "recorded") await tx.audit.append(toAuditEntry(observation, now));
  return result;
}

function toAuditEntry(request: RequestTold, now: number) {
  const { id, channel, subject, reason, session, actor, repository, pullRequest } = request;
  return {
    intent: `request:${id}`,
    endedAt: now,
    durationMs: 0,
    surface: "session",
    // Who says so holds a token of the bot's, but the name is what the machine says it is.
    actor: `session:${session ?? "unknown"}`,
    actorName: actor ?? "unknown",
    command: `${subject}-request`,
    text: `ask ${channel} for ${requestInWords[subject]}: ${reason}`,
    ...(repository !== undefined && { repository }),
    ...(pullRequest !== undefined && { pullRequest }),
    outcome: "queued",
    reason: "answered_later",
    reply: done("answered_later", text("It is kept. This version asks no model yet.")),
  } as const;
}

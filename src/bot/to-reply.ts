import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { inPlainWords, ServiceError, UserError } from "../errors.ts";
import { type Reply, text } from "../reply.ts";
import { clip } from "./render/printable.ts";

/** A refusal may repeat what was typed, and somebody may type a lot. */
const longestSentence = 600;

/** Turns what kept a command from being done into the words for the person. A bug is named by a reference that the log has too. */
export function toReply(error: unknown, log: Logger): Reply {
  if (error instanceof UserError) {
    return {
      outcome: error.outcome,
      reason: error.reason,
      audience: "asker",
      parts: [text(clip(error.message, longestSentence), "bad"), ...error.parts],
      actions: error.actions,
      ...(error.choice && { choice: error.choice }),
    };
  }
  if (error instanceof ServiceError) {
    log.warn({ err: error }, "a service failed while a command was answered");
    return {
      outcome: error.effect === "nothing" ? "failed" : "uncertain",
      reason: "service_failed",
      audience: "asker",
      parts: [text(inPlainWords(error), "bad")],
    };
  }
  const reference = randomUUID().slice(0, 8);
  log.error({ err: error, reference }, "a command broke");
  return {
    outcome: "failed",
    reason: "bug",
    audience: "asker",
    parts: [text(`Something broke inside the bot. Tell whoever runs it the reference ${reference}.`, "bad")],
  };
}

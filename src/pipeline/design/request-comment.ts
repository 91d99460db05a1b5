import { type Reply, text } from "../../reply.ts";
import { plainLine } from "../ai/plain-text.ts";
import type { OutgoingMessage } from "../outbox.ts";
import type { RequestTold } from "../sessions/event.ts";

/** The answer to a session, as a comment of its own on its pull request: who asked, and what came of it. */
export function requestComment({ id, repository = "", reason, actor }: RequestTold, subjectId: string, reply: Reply): OutgoingMessage {
  const key = `design-request:${id}`;
  const by = actor === undefined ? "" : ` of ${plainLine(actor, 100)}`;
  const asked = text(`A session of Claude Code${by} asked for design help: ${plainLine(reason, 500)}`);
  return {
    key,
    lane: key,
    address: { surface: "github", repository, subjectId, staysDeleted: true },
    answers: [{ reply: { ...reply, parts: [asked, ...reply.parts] } }],
  };
}

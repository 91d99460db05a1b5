import type { Reply } from "../../reply.ts";
import type { Services } from "../../services.ts";
import { finishAsked } from "../asked.ts";
import { sessionAudit } from "../sessions/request-audit.ts";
import { noteEnd } from "../sessions/request-ends.ts";
import { isTold, noteTold } from "../told-once.ts";
import { requestComment } from "./request-comment.ts";
import type { DesignWish } from "./wish.ts";

/** Tells what came of it where it was asked, and writes it down: both or neither. */
export async function tell(wish: DesignWish, reply: Reply, { records, now }: Pick<Services, "records" | "now">): Promise<void> {
  const { id, from, about, askedAt } = wish;
  await records.transaction(async (tx) => {
    if (await isTold(id, tx)) return;
    await noteTold(id, tx);
    if (from.kind === "person") {
      const { intent, place, asker } = from;
      const { repository, pullRequest } = about;
      const where = { ...(repository !== undefined && { repository }), ...(pullRequest !== undefined && { pullRequest }) };
      return finishAsked({ intent, command: "design-help", text: "design-help", ...where, place, asker, askedAt }, reply, tx, now());
    }
    const { request, subjectId } = from;
    if (subjectId !== undefined) await tx.outbox.put(requestComment(request, subjectId, reply));
    await noteEnd(request, reply, { isOnPull: subjectId !== undefined }, tx);
    const end = { intent: `request:${request.id}:end`, outcome: reply.outcome, reason: reply.reason, reply };
    await tx.audit.append({ ...sessionAudit(request, now() - askedAt, now()), ...end });
  });
}

import type { Reply } from "../../reply.ts";
import type { Services } from "../../services.ts";
import type { AuditEntry } from "../audit.ts";
import { revise } from "../outbox.ts";
import type { Transaction } from "../records.ts";
import { sessionAudit } from "../sessions/request-audit.ts";
import { noteEnd } from "../sessions/request-ends.ts";
import { requestComment } from "./request-comment.ts";
import type { DesignWish } from "./wish.ts";

const toldNote = ({ id }: DesignWish): string => `told:${id}`;

/** Whether somebody was told already what came of it. */
export const isTold = async (wish: DesignWish, { notes }: Pick<Transaction, "notes">): Promise<boolean> =>
  (await notes.find(toldNote(wish))) !== undefined;

/** Whether what is to become the answer is there. */
export const isToldWhere = async ({ from }: DesignWish, { outbox }: Pick<Transaction, "outbox">): Promise<boolean> =>
  from.kind === "session" || (await outbox.find(from.place.message)) !== undefined;

/** Tells what came of it where it was asked, and writes it down: both or neither. */
export async function tell(wish: DesignWish, reply: Reply, { records, now }: Pick<Services, "records" | "now">): Promise<void> {
  const { from } = wish;
  await records.transaction(async (tx) => {
    if (await isTold(wish, tx)) return;
    await tx.notes.put(toldNote(wish), true);
    if (from.kind === "person") {
      await revise(tx.outbox, from.place.message, from.place.ordinal, reply);
      return tx.audit.append(personAudit(wish, from, reply, now()));
    }
    const { request, subjectId } = from;
    if (subjectId !== undefined) await tx.outbox.put(requestComment(request, subjectId, reply));
    await noteEnd(request, reply, { isOnPull: subjectId !== undefined }, tx);
    await tx.audit.append({ ...sessionAudit(request, now() - wish.askedAt, now()), intent: `request:${request.id}:end`, ...ended(reply) });
  });
}

const ended = (reply: Reply) => ({ outcome: reply.outcome, reason: reply.reason, reply });

function personAudit(
  { about: { repository, pullRequest }, askedAt }: DesignWish,
  { intent, asker }: Extract<DesignWish["from"], { kind: "person" }>,
  reply: Reply,
  now: number,
): AuditEntry {
  const on = pullRequest ?? asker.pullRequest;
  return {
    intent: `${intent}:end`,
    endedAt: now,
    durationMs: now - askedAt,
    surface: asker.surface,
    actor: asker.key,
    actorName: asker.name,
    command: "design-help",
    text: "design-help",
    ...(repository !== undefined && { repository }),
    ...(on !== undefined && { pullRequest: on }),
    ...ended(reply),
  };
}

import type { Reply } from "../../reply.ts";
import { finishAsked } from "../asked.ts";
import { ownAsker } from "../operations/own-asker.ts";
import type { Transaction } from "../records.ts";
import type { ReviewWish } from "./wish.ts";

/** Tells whoever asked how it ended, and writes that down; of one that nobody asked for there is the audit alone. */
export async function finishReview(wish: ReviewWish, reply: Reply, tx: Transaction, now: number): Promise<void> {
  const { id, asked, at, channel, how, repository, number } = wish;
  if (asked) return finishAsked(asked, reply, tx, now);
  await tx.audit.append({
    intent: `${id}:end`,
    endedAt: now,
    durationMs: now - at,
    surface: ownAsker.surface,
    actor: ownAsker.key,
    actorName: ownAsker.name,
    command: "auto-review",
    text: `review by ${channel} (${how})`,
    repository,
    pullRequest: number,
    outcome: reply.outcome,
    reason: reply.reason,
    reply,
  });
}

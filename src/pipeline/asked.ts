import type { Reply } from "../reply.ts";
import type { Asker, Place } from "./operations/operations.ts";
import { revise } from "./outbox.ts";
import { Postponed } from "./queue.ts";
import type { Transaction } from "./records.ts";

const replyComesWithinMs = 120_000;
const lookAgainMs = 1_000;

/** A command whose answer takes longer than its person waits: what it ends with is told where it was asked. */
export interface AskedCommand {
  /** Names the wish. */
  readonly intent: string;
  /** `force-review`, and all of it as it was typed. */
  readonly command: string;
  readonly text: string;
  readonly repository?: string;
  readonly pullRequest?: number;
  readonly place: Place;
  readonly asker: Asker;
  /** Milliseconds since the epoch. */
  readonly askedAt: number;
}

/**
 * Waits until there is something that can become the answer, before anything is paid for. One that does not come is waited for no longer.
 *
 * @throws Postponed while the first answer is not there: other commands of the same comment may still be at work
 */
export async function awaitFirstAnswer(
  { place, askedAt }: Pick<AskedCommand, "place" | "askedAt">,
  { outbox }: Pick<Transaction, "outbox">,
  now: number,
): Promise<void> {
  if (now - askedAt >= replyComesWithinMs || (await outbox.find(place.message)) !== undefined) return;
  throw new Postponed(lookAgainMs);
}

/** Tells in the place of the first answer how the command ended, and writes that down. */
export async function finishAsked(asked: AskedCommand, reply: Reply, { outbox, audit }: Transaction, now: number): Promise<void> {
  const { intent, command, text, asker, repository, askedAt, place, pullRequest = asker.pullRequest } = asked;
  await revise(outbox, place.message, place.ordinal, reply);
  await audit.append({
    intent: `${intent}:end`,
    endedAt: now,
    durationMs: now - askedAt,
    surface: asker.surface,
    actor: asker.key,
    actorName: asker.name,
    command,
    text,
    ...(repository !== undefined && { repository }),
    ...(pullRequest !== undefined && { pullRequest }),
    outcome: reply.outcome,
    reason: reply.reason,
    reply,
  });
}

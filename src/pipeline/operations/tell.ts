import type { Services } from "../../services.ts";
import { revise } from "../outbox.ts";
import { Postponed } from "../queue.ts";
import type { Transaction } from "../records.ts";
import { describe } from "./describe.ts";
import type { Operation } from "./operations.ts";

/** The reply is put a moment after the command ran; it is waited for that long. */
const replyComesWithinMs = 60_000;
const lookAgainMs = 500;

/**
 * Stores how the operation stands, and tells it where it was asked for.
 *
 * @throws Postponed, having stored nothing, while the first reply is still on its way
 */
export async function tell(operation: Operation, { records, now }: Pick<Services, "records" | "now">): Promise<void> {
  await records.transaction(async (tx) => {
    await tx.operations.put(operation);
    const reply = describe(await tx.operations.ofIntent(operation.intent));
    const { message, ordinal } = operation.place;
    const isTold = await revise(tx.outbox, message, ordinal, reply);
    if (!isTold && now() - operation.askedAt < replyComesWithinMs) throw new Postponed(lookAgainMs);
    if (operation.end) await writeDown(operation, tx, now());
  });
}

/**
 * For what must not be done before its first reply is there to be edited.
 *
 * @throws Postponed while it is still on its way
 */
export async function afterReply({ place, askedAt }: Operation, { records, now }: Pick<Services, "records" | "now">): Promise<void> {
  const reply = await records.transaction(({ outbox }) => outbox.find(place.message));
  if (!reply && now() - askedAt < replyComesWithinMs) throw new Postponed(lookAgainMs);
}

const commands = { retry: "retry-job", cancel: "cancel", approve: "approve-run", dispatch: "run" } as const;

async function writeDown(operation: Operation, { audit }: Transaction, endedAt: number): Promise<void> {
  const { id, kind, asker, repository, wish, askedAt } = operation;
  const reply = describe([operation]);
  await audit.append({
    intent: `${id}:end`,
    endedAt,
    durationMs: endedAt - askedAt,
    surface: asker.surface,
    actor: asker.key,
    actorName: asker.name,
    command: commands[kind],
    text: `${commands[kind]} ${wish.oneJob ? wish.jobs[0] : wish.workflow}`,
    repository,
    outcome: reply.outcome,
    reason: reply.reason,
    reply,
  });
}

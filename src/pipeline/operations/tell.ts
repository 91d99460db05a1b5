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
 * Stores how an operation goes on, and tells it where it was asked for. When somebody else has moved it since, theirs stands.
 *
 * @param before what is stored; the operation itself when it is stored already
 * @throws Postponed, having stored nothing, while the first reply is still on its way
 */
export async function tell(before: Operation, operation: Operation, { records, now }: Pick<Services, "records" | "now">): Promise<void> {
  await records.transaction(async (tx) => {
    if (before !== operation && !(await tx.operations.replace(before, operation))) return;
    const reply = describe(await tx.operations.ofIntent(operation.intent));
    const { message, ordinal } = operation.place;
    const isTold = await revise(tx.outbox, message, ordinal, reply);
    if (!isTold && now() - operation.askedAt < replyComesWithinMs) throw new Postponed(lookAgainMs);
    if (operation.end) await writeDown(operation, tx, now());
  });
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

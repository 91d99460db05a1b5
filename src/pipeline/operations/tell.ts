import type { Services } from "../../services.ts";
import { revise } from "../outbox.ts";
import type { Transaction } from "../records.ts";
import { describe } from "./describe.ts";
import type { Operation } from "./operations.ts";

/**
 * Stores how an operation goes on, and tells it where it was asked for. When somebody else has moved it since, theirs stands. A reply that
 * is not there yet will be put as the operations then stand.
 *
 * @param toldStage the stage that people know of
 */
export async function tell(
  before: Operation,
  after: Operation,
  { records, now }: Pick<Services, "records" | "now">,
  toldStage = before.stage,
): Promise<void> {
  await records.transaction(async (tx) => {
    if (!(await tx.operations.replace(before, after))) return;
    if (after.end) await writeDown(after, tx, now());
    else if (toldStage === after.stage && (await isPrivate(after, tx))) return;
    const { message, ordinal } = after.place;
    await revise(tx.outbox, message, ordinal, describe(await tx.operations.ofIntent(after.intent)));
  });
}

/** What only the asker sees cannot be edited: each telling is another message, so that mere progress is not told. */
async function isPrivate({ asker, place: { message, ordinal } }: Operation, { outbox }: Transaction): Promise<boolean> {
  return asker.surface === "slack" && (await outbox.find(message))?.answers[ordinal]?.reply.audience === "asker";
}

const commands = { retry: "retry-job", cancel: "cancel", approve: "approve-run", dispatch: "run" } as const;

/** Writes into the audit how an operation ended. */
export async function writeDown(operation: Operation, { audit }: Transaction, endedAt: number): Promise<void> {
  const { id, kind, asker, repository, wish, askedAt } = operation;
  const pullRequest = wish.pullRequest ?? asker.pullRequest;
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
    ...(pullRequest !== undefined && { pullRequest }),
    outcome: reply.outcome,
    reason: reply.reason,
    reply,
  });
}

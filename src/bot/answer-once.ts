import type { Logger } from "pino";
import type { Actor, Command, Target } from "../commands/command.ts";
import type { CommandLine } from "../commands/grammar/command-line.ts";
import type { Settings } from "../config/settings.ts";
import { ServiceError, storage, type UserError } from "../errors.ts";
import type { AuditEntry } from "../pipeline/audit.ts";
import { Postponed } from "../pipeline/queue.ts";
import type { Transaction } from "../pipeline/records.ts";
import type { Reply } from "../reply.ts";
import type { Services } from "../services.ts";
import { answerCommand, type Conversation } from "./answer-command.ts";
import { actorKey, actorName, type Delivery, messageKey } from "./delivery.ts";
import { runOnce } from "./run-once.ts";
import { toReply } from "./to-reply.ts";

export interface Answering {
  readonly delivery: Delivery;
  /** Names this attempt at the delivery, for the claim. */
  readonly holder: string;
  readonly commands: readonly Command[];
  readonly settings: Settings;
  readonly services: Services;
  readonly log: Logger;
  readonly now: () => number;
  /** Why nothing of the delivery runs, when nothing does. */
  readonly refusal?: UserError | undefined;
  /** @throws UserError or ServiceError when the person is not heard, or it cannot be found out */
  actor(): Promise<Actor>;
  /** Called when it is certain that a command runs. */
  accept(): void;
}

/** Names the wish: the same comment arriving twice, and the same place and text in it, is one. */
export const intentOf = ({ source }: Delivery, ordinal: number, { text }: CommandLine): string => `${source}:${ordinal}:${text}`;

/** Answers one command of a delivery, once however often it is delivered, and writes down how it ended. */
export function answerOnce(line: CommandLine, ordinal: number, answering: Answering): Promise<Reply> {
  const { delivery, holder, services, now } = answering;
  const intent = intentOf(delivery, ordinal, line);
  return runOnce(intent, holder, services, async () => {
    const startedAt = now();
    let repository = delivery.surface === "github" ? delivery.repository : undefined;
    let text = line.text;
    const accept = (target: Target | undefined, accepted: CommandLine) => {
      repository = target?.repository ?? repository;
      if (accepted !== line) text = `${line.text} (${accepted.text})`;
      answering.accept();
    };
    const toEntry = (reply: Reply): Omit<AuditEntry, "intent"> => ({
      endedAt: now(),
      durationMs: now() - startedAt,
      surface: delivery.surface,
      actor: actorKey(delivery),
      actorName: actorName(delivery),
      command: line.verb,
      text,
      ...(repository !== undefined && { repository }),
      outcome: reply.outcome,
      reason: reply.reason,
      reply,
    });
    const conclude = ({ audit }: Transaction, reply: Reply) => audit.append({ intent, ...toEntry(reply) });
    return toEntry(await answer(line, { ...answering, intent, place: { message: messageKey(delivery), ordinal }, accept, conclude }));
  });
}

type Accepting = Omit<Answering, "accept"> & Pick<Conversation, "accept" | "conclude" | "intent" | "place">;

async function answer(line: CommandLine, answering: Accepting): Promise<Reply> {
  try {
    const actor = await answering.actor();
    if (answering.refusal) throw answering.refusal;
    return await answerCommand(line, { ...answering, actor });
  } catch (error) {
    if (error instanceof Postponed || (error instanceof ServiceError && error.service === storage)) throw error;
    return toReply(error, answering.log);
  }
}

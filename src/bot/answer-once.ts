import type { Logger } from "pino";
import type { Actor, Command, Target } from "../commands/command.ts";
import type { CommandLine } from "../commands/grammar/command-line.ts";
import type { Settings } from "../config/settings.ts";
import { ServiceError, storage, type UserError } from "../errors.ts";
import type { AuditEntry } from "../pipeline/audit.ts";
import type { Place } from "../pipeline/operations/operations.ts";
import { Postponed } from "../pipeline/queue.ts";
import type { Transaction } from "../pipeline/records.ts";
import type { Reply } from "../reply.ts";
import type { Services } from "../services.ts";
import { answerCommand, type Conversation } from "./answer-command.ts";
import { actorKey, actorName, type Delivery, messageKey } from "./delivery.ts";
import { runOnce } from "./run-once.ts";
import { likelyTarget } from "./target.ts";
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
  /** Where the answer stands, when that is not a message of its own. */
  readonly place?: Place | undefined;
  /** @throws UserError or ServiceError when the person is not heard, or it cannot be found out */
  actor(): Promise<Actor>;
  /** Called when it is certain that a command runs. */
  accept(): void;
}

/** Names the wish: the same comment arriving twice, and the same place and text in it, is one. */
export const intentOf = ({ source }: Delivery, ordinal: number, { text }: CommandLine): string => `${source}:${ordinal}:${text}`;

/** The wish that an answer of a message is to, by the message's key. */
export const intentOfAnswer = (key: string, ordinal: number, command: string): string =>
  `${key.slice(messageKey({ source: "" }).length)}:${ordinal}:${command}`;

/** Answers one command of a delivery, once however often it is delivered, and writes down how it ended. */
export function answerOnce(line: CommandLine, ordinal: number, answering: Answering): Promise<Reply> {
  const { delivery, holder, services, now } = answering;
  const intent = intentOf(delivery, ordinal, line);
  return runOnce(intent, holder, services, async () => {
    const startedAt = now();
    const likely = likelyTarget(line, delivery, answering.settings);
    let about: About = likely ? aboutTarget(likely) : {};
    let meant = line;
    const resolved = (target: Target | undefined, understood: CommandLine) => {
      if (target) about = aboutTarget(target);
      meant = understood;
    };
    const toEntry = (reply: Reply): Omit<AuditEntry, "intent"> => ({
      endedAt: now(),
      durationMs: now() - startedAt,
      surface: delivery.surface,
      actor: actorKey(delivery),
      actorName: actorName(delivery),
      command: meant.verb,
      text: meant === line ? line.text : `${line.text} (${meant.text})`,
      ...about,
      outcome: reply.outcome,
      reason: reply.reason,
      reply,
    });
    const conclude = ({ audit }: Transaction, reply: Reply) => audit.append({ intent, ...toEntry(reply) });
    const accept = () => answering.accept();
    const place = answering.place ?? { message: messageKey(delivery), ordinal };
    return toEntry(await answer(line, { ...answering, intent, place, resolved, accept, conclude }));
  });
}

type About = Pick<AuditEntry, "repository" | "pullRequest">;

const aboutTarget = ({ repository, pullRequest }: Target): About => ({ repository, ...(pullRequest !== undefined && { pullRequest }) });

type Accepting = Omit<Answering, "accept" | "place"> & Pick<Conversation, "accept" | "resolved" | "conclude" | "intent" | "place">;

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

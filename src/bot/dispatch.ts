import type { Logger } from "pino";
import type { Command } from "../commands/command.ts";
import { type CommandLine, parseSlashText } from "../commands/grammar/command-line.ts";
import type { Settings } from "../config/settings.ts";
import { UserError } from "../errors.ts";
import type { Answer, OutgoingMessage } from "../pipeline/outbox.ts";
import type { Job } from "../pipeline/queue.ts";
import type { Reply } from "../reply.ts";
import type { Services } from "../services.ts";
import { resolveActor, withName } from "./actor.ts";
import { type Answering, answerOnce, intentOf } from "./answer-once.ts";
import { answerPress } from "./answer-press.ts";
import { needsConfirmation } from "./confirmations.ts";
import { actorName, type ConversationPlace, type Delivery, fromPayload, isPress, messageKey } from "./delivery.ts";
import { isWithinStrangerLimit, postWithinLoopLimit } from "./flood-limits.ts";
import { findCommands, mostCommands } from "./github/find-commands.ts";
import type { Reactions } from "./github/reactions.ts";
import { once } from "./once.ts";
import { mentionsIn } from "./slack/mentions.ts";
import { plainText } from "./slack/plain-text.ts";
import { recordTampering } from "./tampering.ts";

export interface DispatchOptions {
  readonly commands: readonly Command[];
  readonly settings: Settings;
  readonly services: Services;
  readonly reactions: Reactions;
  readonly log: Logger;
  readonly now: () => number;
}

/** Handles one stored delivery: every command in it gets exactly one outcome, and all of them one message. */
export function createDispatch(options: DispatchOptions): (job: Job) => Promise<void> {
  return async (job) => {
    const delivery = await withName(fromPayload(job.payload), options.services);
    const log = options.log.child({ delivery: job.id, source: delivery.source });
    if (delivery.surface === "github" && delivery.edit) return recordTampering(delivery, delivery.edit, { ...options, log });

    const { commands: lines, dropped } = read(delivery, options.settings.prefix);
    if (lines.length === 0 && !isPress(delivery)) return;
    const isHeard = await isWithinStrangerLimit(delivery, options);
    const answering: Answering = {
      ...options,
      log,
      delivery,
      holder: `${job.id}#${job.attempt}`,
      refusal: isHeard ? undefined : unheard(),
      actor: once(() => resolveActor(delivery, options.settings, options.services)),
      accept: options.reactions.acceptOnce(delivery),
    };

    if (isPress(delivery)) {
      const { outcome, reason } = await answerPress(delivery, isHeard, answering);
      return log.info({ outcome, reason, attempt: job.attempt }, "press answered");
    }

    const answers: Answer[] = [];
    for (const [ordinal, line] of lines.entries()) answers.push({ command: line.text, reply: await answerOnce(line, ordinal, answering) });
    if (dropped > 0) answers.push(await answerDropped(dropped, lines.length, answering));

    const intents = lines.map((line, ordinal) => intentOf(delivery, ordinal, line));
    if (isHeard) await postWithinLoopLimit(toMessage(delivery, answers), intents, options);
    if (!answers.some(({ reply }) => isQuestion(reply))) {
      await options.reactions.finish(delivery, answers.every(({ reply }) => isSuccess(reply)) ? "done" : "refused", !isHeard);
    }
    for (const { command, reply } of answers) {
      log.info({ command, outcome: reply.outcome, reason: reply.reason, attempt: job.attempt }, "command answered");
    }
  };
}

function read(delivery: Delivery, prefix: string): { commands: readonly CommandLine[]; dropped: number } {
  if (delivery.surface === "github") return findCommands(delivery.text, `/${prefix}`);
  if (delivery.afterLink) return { commands: [delivery.afterLink.line], dropped: 0 };
  if (delivery.chosen) {
    const { chosen } = delivery;
    return { commands: chosen.slice(0, mostCommands).map(parseSlashText), dropped: Math.max(0, chosen.length - mostCommands) };
  }
  if (delivery.isClick) return { commands: [parseSlashText(delivery.text)], dropped: 0 };
  const said = delivery.mention === undefined ? [delivery.text] : mentionsIn(delivery.text, delivery.mention);
  const commands = said.slice(0, mostCommands).map((command) => parseSlashText(plainText(command)));
  return { commands, dropped: said.length - commands.length };
}

const unheard = (): UserError => new UserError("refused", "stranger_limit", "Strangers get one answer in ten minutes.");

/** Everything beyond the most commands of a comment has one outcome together. */
async function answerDropped(dropped: number, ran: number, answering: Answering): Promise<Answer> {
  const sentence = `Only the first ${ran} commands of a comment are answered; ${dropped} more were not run. Put them in another comment.`;
  const refusal = answering.refusal ?? new UserError("invalid", "too_many_commands", sentence);
  const line: CommandLine = { verb: "", text: `(${dropped} more)`, rest: "" };
  return { command: line.text, reply: await answerOnce(line, ran, { ...answering, refusal }) };
}

/** Nothing is done before it is answered. */
const isQuestion = ({ reason }: Reply): boolean => reason === needsConfirmation;

const isSuccess = ({ outcome }: Reply): boolean => outcome === "done" || outcome === "joined" || outcome === "queued";

function toMessage(delivery: Delivery, answers: readonly Answer[]): OutgoingMessage {
  const message = { key: messageKey(delivery), asker: actorName(delivery), answers };
  if (delivery.surface === "slack") {
    const { user, channel, threadTs, responseUrl, receivedAt: askedAt } = delivery;
    const where = { channel, ...(threadTs !== undefined && { threadTs }), ...(responseUrl !== undefined && { responseUrl }) };
    // A lane of its own: an answer that Slack does not take must not hold up the next one.
    return { ...message, lane: message.key, address: { surface: "slack", user, ...where, askedAt } };
  }
  const { repository, place } = delivery;
  const { number, subjectId, thread } = place as ConversationPlace;
  const address = { surface: "github", repository, subjectId, ...(thread && { thread }) } as const;
  return { ...message, lane: `github:${repository}#${number}`, address };
}

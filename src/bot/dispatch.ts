import type { Logger } from "pino";
import type { Actor, Command, Target } from "../commands/command.ts";
import { type CommandLine, parseSlashText } from "../commands/grammar/command-line.ts";
import type { Settings } from "../config/settings.ts";
import { ServiceError, UserError } from "../errors.ts";
import type { Answer, OutgoingMessage } from "../pipeline/outbox.ts";
import { type Job, Postponed } from "../pipeline/queue.ts";
import { type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { resolveActor } from "./actor.ts";
import { answerCommand, toReply } from "./answer-command.ts";
import { type Delivery, fromPayload } from "./delivery.ts";
import { findCommands } from "./github/find-commands.ts";
import type { Reactions } from "./github/reactions.ts";
import { isWithinStrangerLimit, postWithinLoopLimit } from "./flood-limits.ts";
import { runOnce } from "./run-once.ts";
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
    const delivery = fromPayload(job.payload);
    const log = options.log.child({ delivery: job.id, source: delivery.source });
    if (delivery.surface === "github" && delivery.edit) return recordTampering(delivery, delivery.edit, { ...options, log });

    const { commands, dropped } = read(delivery, options.settings.prefix);
    if (commands.length === 0) return;
    const isHeard = await isWithinStrangerLimit(delivery, options);
    const answers = await answerAll(delivery, commands, `${job.id}#${job.attempt}`, { ...options, log, isHeard });
    if (dropped > 0) answers.push(tooMany(dropped, commands.length));
    if (isHeard) await postWithinLoopLimit(toMessage(delivery, answers), options);
    await options.reactions.finish(delivery, answers.every(({ reply }) => isSuccess(reply)) ? "done" : "refused");
    for (const { command, reply } of answers)
      log.info({ command, outcome: reply.outcome, reason: reply.reason, attempt: job.attempt }, "command answered");
  };
}

function read(delivery: Delivery, prefix: string): { commands: readonly CommandLine[]; dropped: number } {
  if (delivery.surface === "github") return findCommands(delivery.text, `/${prefix}`);
  return { commands: [parseSlashText(plainText(delivery.text))], dropped: 0 };
}

async function answerAll(
  delivery: Delivery,
  lines: readonly CommandLine[],
  holder: string,
  options: DispatchOptions & { isHeard: boolean },
): Promise<Answer[]> {
  const actor = settled(resolveActor(delivery, options.settings, options.services));
  const accept = options.reactions.acceptOnce(delivery);
  const answers: Answer[] = [];
  for (const [ordinal, line] of lines.entries()) {
    const answering = { ...options, delivery, accept };
    const reply = await runOnce(`${delivery.source}:${ordinal}:${line.text}`, holder, options.services, () =>
      audited(line, actor, answering),
    );
    answers.push({ command: line.text, reply });
  }
  return answers;
}

type Answering = DispatchOptions & { readonly delivery: Delivery; readonly isHeard: boolean; accept(): void };

async function audited(line: CommandLine, whoever: Promise<Settled<Actor>>, answering: Answering) {
  const { delivery, now, log } = answering;
  const startedAt = now();
  const who = await whoever;
  let repository = delivery.surface === "github" ? delivery.repository : undefined;
  const accept = (target: Target | undefined) => {
    repository = target?.repository ?? repository;
    answering.accept();
  };
  const reply = await attempt(async () => {
    if ("error" in who) throw who.error;
    if (!answering.isHeard) throw new UserError("refused", "stranger_limit", "Strangers get one answer in ten minutes.");
    if (delivery.surface === "github" && !delivery.isPullRequest)
      throw new UserError("not_applicable", "not_a_pull_request", "I work on pull requests. Ask there, or in Slack.");
    return answerCommand(line, { ...answering, accept, actor: who.value });
  }, log);

  const actor = "value" in who ? who.value : { key: identity(delivery), name: nameOf(delivery) };
  return {
    endedAt: now(),
    durationMs: now() - startedAt,
    surface: delivery.surface,
    actor: actor.key,
    actorName: actor.name,
    command: line.verb,
    text: line.text,
    ...(repository !== undefined && { repository }),
    outcome: reply.outcome,
    reason: reply.reason,
    reply,
  };
}

async function attempt(run: () => Promise<Reply>, log: Logger): Promise<Reply> {
  try {
    return await run();
  } catch (error) {
    // Our own storage failing is no answer: the job runs again when it is back.
    if (error instanceof Postponed || (error instanceof ServiceError && error.service === "the database")) throw error;
    return toReply(error, log);
  }
}

const isSuccess = ({ outcome }: Reply): boolean => outcome === "done" || outcome === "joined" || outcome === "queued";

function toMessage(delivery: Delivery, answers: readonly Answer[]): OutgoingMessage {
  const key = `reply:${delivery.source}`;
  const asker = nameOf(delivery);
  if (delivery.surface === "slack") {
    const { channel, user, responseUrl, receivedAt } = delivery;
    return {
      key,
      asker,
      lane: `slack:${user}`,
      address: { surface: "slack", channel, user, responseUrl, askedAt: receivedAt },
      answers,
    };
  }
  const { repository, number, subjectId } = delivery;
  return { key, asker, lane: `github:${repository}#${number}`, address: { surface: "github", repository, number, subjectId }, answers };
}

function tooMany(dropped: number, ran: number): Answer {
  const sentence = `Only the first ${ran} commands of a comment are answered; ${dropped} more were not run. Put them in another comment.`;
  return {
    command: `(${dropped} more)`,
    reply: { outcome: "invalid", reason: "too_many_commands", audience: "asker", parts: [text(sentence, "bad")] },
  };
}

const nameOf = (delivery: Delivery): string => (delivery.surface === "slack" ? delivery.userName : delivery.user.login);

const identity = (delivery: Delivery): string =>
  delivery.surface === "slack" ? `slack:${delivery.team}/${delivery.user}` : `github:${delivery.user.id}`;

type Settled<T> = { value: T } | { error: unknown };

/** So that a failure reaches every command of the comment, and none is unhandled. */
const settled = <T>(promise: Promise<T>): Promise<Settled<T>> =>
  promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );

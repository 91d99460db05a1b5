import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { Actor, Command, Context, Target, Verdict } from "../commands/command.ts";
import { findCommand } from "../commands/find-command.ts";
import { Arguments } from "../commands/grammar/arguments.ts";
import type { CommandLine } from "../commands/grammar/command-line.ts";
import type { TargetRef } from "../commands/grammar/target.ts";
import type { Settings } from "../config/settings.ts";
import { ServiceError, UserError } from "../errors.ts";
import type { Role } from "../pipeline/access.ts";
import { type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { authorise } from "./authorise.ts";
import { cooldown } from "./cooldown.ts";
import type { Delivery } from "./delivery.ts";
import { once } from "./once.ts";
import { clip } from "./render/printable.ts";
import { resolveTarget } from "./target.ts";

/** A refusal may repeat what was typed, and somebody may type a lot. */
const longestSentence = 600;

/** What answering one command needs besides the command. */
export interface Conversation {
  readonly delivery: Delivery;
  readonly actor: Actor;
  readonly commands: readonly Command[];
  readonly settings: Settings;
  readonly services: Services;
  readonly log: Logger;
  /** Called once it is certain that the command will run, and on what. */
  accept(target: Target | undefined): void;
}

/** Parse, resolve, authorise, limit, run. */
export async function answerCommand(line: CommandLine, conversation: Conversation): Promise<Reply> {
  const { actor, settings, services, delivery } = conversation;
  const prefix = delivery.surface === "slack" ? `/${settings.prefix} ` : `/${settings.prefix}-`;
  const command = findCommand(line.verb || "help", { commands: conversation.commands, prefix });
  const args = Arguments.parse(line);
  const input = command.parse(args);
  args.finish();

  const target = targetOf(command, command.targetOf?.(input), conversation);
  const role = once(() => roleOn(target, actor, services));
  const verdict = await authorise(command, actor, target, role);
  if (!verdict.isAllowed) throw new UserError("refused", verdict.reason, verdict.message);
  await cooldown(command, actor, target, delivery.source, settings.cooldownSeconds, services.claims);
  conversation.accept(target);

  const context: Context = {
    actor,
    ...(target && { target }),
    prefix,
    commands: conversation.commands,
    may: (other) => authorise(other, actor, target, role).catch(toVerdict),
    role: () => role().catch(ifUnknown),
  };
  const reply = await command.run(input, context, services).catch((error: unknown) => {
    throw command.isMutating && error instanceof ServiceError ? uncertain(error) : error;
  });
  // Another repository than the channel's own may be read by the asker, and not by everyone who listens.
  return target && !target.isHome ? { ...reply, audience: "asker" } : reply;
}

function uncertain({ message }: ServiceError): UserError {
  return new UserError("uncertain", "service_failed", `${message} It may or may not have been done: look before you try again.`);
}

/** Turns what kept a command from being done into the words for the person. A bug is named by a reference that the log has too. */
export function toReply(error: unknown, log: Logger): Reply {
  if (error instanceof UserError) {
    return {
      outcome: error.outcome,
      reason: error.reason,
      audience: "asker",
      parts: [text(clip(error.message, longestSentence), "bad"), ...error.parts],
      actions: error.actions,
    };
  }
  if (error instanceof ServiceError) {
    log.warn({ err: error }, "a service failed while a command was answered");
    const advice = error.retryable ? "Try again in a minute." : "Trying again will not help; tell whoever runs this bot.";
    return {
      outcome: "failed",
      reason: "service_failed",
      audience: "asker",
      parts: [text(`${error.message} Nothing was done. ${advice}`, "bad")],
    };
  }
  const reference = randomUUID().slice(0, 8);
  log.error({ err: error, reference }, "a command broke");
  return {
    outcome: "failed",
    reason: "bug",
    audience: "asker",
    parts: [text(`Something broke inside the bot. Tell whoever runs it the reference ${reference}.`, "bad")],
  };
}

/** A command that needs no repository is not refused for the lack of one. */
function targetOf(command: Command, named: TargetRef | undefined, { delivery, settings }: Conversation): Target | undefined {
  try {
    return resolveTarget(delivery, named, settings, command.name);
  } catch (error) {
    if (command.role === "any" && error instanceof UserError) return undefined;
    throw error;
  }
}

async function roleOn(target: Target | undefined, actor: Actor, { permissions }: Pick<Services, "permissions">): Promise<Role | undefined> {
  return target && actor.account ? permissions.roleOf(actor.account, target.repository) : undefined;
}

function toVerdict(error: unknown): Verdict {
  if (error instanceof UserError) return { isAllowed: false, reason: error.reason, message: error.message };
  if (!(error instanceof ServiceError)) throw error;
  return { isAllowed: false, reason: "role_unknown", message: `Your role could not be checked: ${error.message} Try again in a minute.` };
}

/** Help and whoami go on without a role that cannot be had just now. */
function ifUnknown(error: unknown): undefined {
  if (!(error instanceof ServiceError || error instanceof UserError)) throw error;
}

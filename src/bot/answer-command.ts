import type { Logger } from "pino";
import type { Actor, Command, Context, Target } from "../commands/command.ts";
import { findCommand } from "../commands/find-command.ts";
import { Arguments } from "../commands/grammar/arguments.ts";
import type { CommandLine } from "../commands/grammar/command-line.ts";
import type { TargetRef } from "../commands/grammar/target.ts";
import type { Settings } from "../config/settings.ts";
import { ServiceError, UserError } from "../errors.ts";
import type { Place } from "../pipeline/operations/operations.ts";
import type { Transaction } from "../pipeline/records.ts";
import type { Outcome, Reply } from "../reply.ts";
import type { Services } from "../services.ts";
import { refusalOf, refuseIfStale } from "./after-link.ts";
import { askFirst, type Confirmed, findPending } from "./confirmations.ts";
import { cooldown } from "./cooldown.ts";
import { type Delivery, pullRequestOf, typedPrefix } from "./delivery.ts";
import { rightsOf, showsInternals } from "./may.ts";
import { refuseToBegin } from "./may-begin.ts";
import { inThread, pullRequestHere } from "./mirror/pull-request-here.ts";
import { asSeenFrom, likelyTarget, resolveTarget } from "./target.ts";

/** What answering one command needs besides the command. */
export interface Conversation {
  readonly delivery: Delivery;
  readonly actor: Actor;
  readonly commands: readonly Command[];
  readonly settings: Settings;
  readonly services: Services;
  readonly log: Logger;
  /** Names the wish, and the answer that it gets. */
  readonly intent: string;
  readonly place: Place;
  /** The person has agreed to this; the command goes on where it was asked from. */
  readonly confirmed?: Confirmed;
  /** Called when it is known what is wanted and on what, allowed or not; for a confirmed command a second time. */
  resolved(target: Target | undefined, line: CommandLine): void;
  /** Called once it is certain that the command will run; for a confirmed one a second time. */
  accept(): void;
  /** Writes the command's outcome down. */
  conclude(tx: Transaction, reply: Reply): Promise<void>;
}

/** Parse, resolve, authorise, ask, limit, run. */
export async function answerCommand(line: CommandLine, conversation: Conversation): Promise<Reply> {
  const { actor, settings, services, delivery, confirmed, intent, place } = conversation;
  const prefix = typedPrefix(delivery, settings.prefix);
  const { commands } = conversation;
  const rights = (about: Target | undefined) => rightsOf(actor, about, delivery, settings, services);
  const isOfferedIn = (about: Target | undefined) => (other: Command) => other.isOffered?.(about?.repository, services) ?? true;
  const likely = likelyTarget(line, delivery, settings);
  const known = { commands, prefix, isOffered: isOfferedIn(likely), may: (other: Command) => rights(likely).mayAsFarAsKnown(other) };
  const found = await findCommand(line.verb || bareVerb(delivery), known, (name) => retyped(line, name));
  const args = Arguments.parse(line, found.takesText);
  const input = found.parse(args);
  args.finish();
  const command: Command = { ...found, ...found.withArguments?.(input) };

  const here = await pullRequestHere(delivery, services);
  const named = inThread(command.targetOf?.(input), here);
  const target = confirmed
    ? confirmed.target && asSeenFrom(delivery, confirmed.target, settings)
    : targetOf(command, named, line.text || command.name, conversation);
  conversation.resolved(target, line);
  const { may, mayAsFarAsKnown, role } = rights(target);
  const verdict = await may(command);
  if (!verdict.isAllowed) throw await refusalOf(verdict, line, target, command.actsOnHead === true, conversation);
  await refuseIfStale(delivery, target, services);
  await refuseToBegin(command, target, delivery, intent, services);

  const toListeners = (reply: Reply): Reply => ({ ...reply, audience: audienceOf(reply, command, target, delivery) });
  const { pullRequest } = pullRequestOf(delivery);
  const context: Context = {
    actor,
    ...(target && { target }),
    ...(pullRequest !== undefined && { pullRequestHere: pullRequest }),
    ...(delivery.surface === "slack" && { slack: { channel: delivery.channel, user: delivery.user } }),
    intent,
    place,
    prefix,
    commands,
    showsInternals: showsInternals(delivery, target, settings),
    isOffered: isOfferedIn(target),
    may: mayAsFarAsKnown,
    role,
    conclude: (tx, reply) => conversation.conclude(tx, toListeners(reply)),
    async confirmed(code) {
      const found = await findPending(code, actor.key, intent, services);
      return answerCommand(found.line, { ...conversation, confirmed: found });
    },
  };
  let agreedTo = confirmed?.agreedTo;
  if (command.ask && !confirmed) {
    const question = await command.ask(input, context, services);
    if ("parts" in question) return askFirst(question, { line, ...(target && { target }) }, actor.key, services);
    agreedTo = question.agreedTo;
  }
  await confirmed?.spend();
  const unspend: Settle = async (hasDone) => (hasDone ? undefined : confirmed?.giveBack());
  const endCooldown = await cooldown(command, line.text, actor, target, delivery.source, settings.cooldownSeconds, services).catch(
    async (error: unknown) => {
      await unspend(false);
      throw error;
    },
  );
  conversation.accept();
  try {
    return toListeners(await runAndSettle(() => command.run(input, context, services, agreedTo), [endCooldown, unspend]));
  } catch (error) {
    if (!isLateRefusal(error)) throw error;
    const { reason, message } = error;
    throw await refusalOf({ isAllowed: false, reason, message }, line, target, command.actsOnHead === true, conversation);
  }
}

/** Some commands find out only when they run whose link or role they need. One that says already what to do about it is left as it is. */
const isLateRefusal = (error: unknown): error is UserError =>
  error instanceof UserError &&
  error.outcome === "refused" &&
  (error.reason === "not_linked" || error.reason === "role_too_low") &&
  error.actions.length === 0;

/** The prefix alone: Slack has buttons to choose from, GitHub has words. */
const bareVerb = ({ surface }: Delivery): string => (surface === "slack" ? "menu" : "help");

type Settle = (hasDone: boolean) => Promise<void>;

/** What was used up for a command that then did nothing is given back: the person may follow its advice at once. */
async function runAndSettle(run: () => Promise<Reply>, settle: readonly Settle[]): Promise<Reply> {
  const tell = (hasDone: boolean) => Promise.allSettled(settle.map((step) => step(hasDone)));
  try {
    const reply = await run();
    await tell(!didNothing.includes(reply.outcome));
    return reply;
  } catch (error) {
    if (error instanceof UserError) await tell(!didNothing.includes(error.outcome));
    else await tell(!(error instanceof ServiceError && error.effect === "nothing"));
    throw error;
  }
}

const didNothing: readonly Outcome[] = ["refused", "invalid", "not_applicable", "failed"];

/** Another repository than the channel's own may be read by the asker, and not by everyone who listens. */
function audienceOf(reply: Reply, command: Command, target: Target | undefined, delivery: Delivery): Reply["audience"] {
  if (delivery.surface === "slack" && ((target && !target.isHome) || delivery.isPrivate)) return "asker";
  // Everybody saw the question, so everybody may see the answer.
  const isPublic = delivery.surface === "github" || delivery.mention !== undefined;
  const isOverheard = isPublic && command.role === "read" && reply.outcome === "done";
  return isOverheard ? "thread" : reply.audience;
}

/** A command that needs no repository is not refused for the lack of one. */
function targetOf(command: Command, named: TargetRef | undefined, text: string, { delivery, settings }: Conversation): Target | undefined {
  try {
    return resolveTarget(delivery, named, settings, { text, mayOffer: !command.isMutating || named !== undefined });
  } catch (error) {
    if (command.role === "any" && !command.targetOf && error instanceof UserError) return undefined;
    throw error;
  }
}

/** The command as it was typed, under another name. */
const retyped = ({ rest, reason }: CommandLine, name: string): string =>
  [name, ...(rest === "" ? [] : [rest]), ...(reason === undefined ? [] : ["--", reason])].join(" ");

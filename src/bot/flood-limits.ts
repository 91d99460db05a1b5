import { ServiceError, storage, UserError } from "../errors.ts";
import { describe } from "../pipeline/operations/describe.ts";
import type { Operations } from "../pipeline/operations/operations.ts";
import type { Answer, OutgoingMessage } from "../pipeline/outbox.ts";
import { type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";
import type { Delivery, GitHubDelivery } from "./delivery.ts";

const strangerWindowMs = 10 * 60_000;
const loopWindowMs = 60_000;
const mostRepliesInWindow = 20;

/** GitHub's words for people who belong to a repository; everyone else is a stranger to it. */
const belonging = ["OWNER", "MEMBER", "COLLABORATOR"];

/**
 * A stranger on a public repository is answered once in ten minutes, so that nobody can make the bot talk. Redelivery of the same comment
 * counts once. GitHub calls people whose membership is private strangers too, so their role is looked up.
 */
export async function isWithinStrangerLimit(
  delivery: Delivery,
  { services }: { services: Pick<Services, "claims" | "permissions"> },
): Promise<boolean> {
  if (delivery.surface === "slack" || delivery.isPrivate || belonging.includes(delivery.association)) return true;
  const { repository, user, source } = delivery;
  const claim = await services.claims.claim(`stranger:${repository}:${user.id}`, source, strangerWindowMs);
  return claim.state !== "held" || (await hasRoleOfOwn(delivery, services));
}

/** Reading is what everybody may on a public repository. */
async function hasRoleOfOwn({ user, repository }: GitHubDelivery, { permissions }: Pick<Services, "permissions">): Promise<boolean> {
  const role = await permissions.roleOf(user, repository).catch(asNone);
  return role !== "none" && role !== "read";
}

/** Who cannot be looked up is taken for a stranger. */
function asNone(error: unknown): "none" {
  if (error instanceof UserError || (error instanceof ServiceError && error.service !== storage)) return "none";
  throw error;
}

interface LoopLimit {
  readonly services: Pick<Services, "records">;
  readonly now: () => number;
}

/**
 * Puts the message into the outbox, unless its pull request got so many in a minute that two bots must be talking to each other: then one
 * notice, then nothing. In Slack people type commands and bots cannot. A message that is there already is edited, which adds none.
 */
export async function postWithinLoopLimit(
  { answers, ...message }: OutgoingMessage,
  intents: readonly string[],
  { services, now }: LoopLimit,
): Promise<void> {
  await services.records.transaction(async ({ outbox, operations }) => {
    const told = await outbox.find(message.key);
    if (told) return outbox.put({ ...message, answers: answers.map((answer, index) => newerOf(told.answers[index], answer)) });
    const recent = message.address.surface === "slack" ? 0 : await outbox.countSince(message.lane, now() - loopWindowMs);
    if (recent > mostRepliesInWindow) return;
    if (recent === mostRepliesInWindow) {
      return outbox.put({ ...message, answers: answers.map((answer) => ({ ...answer, reply: loopNotice })) });
    }
    await outbox.put({ ...message, answers: await asTheyStand(answers, intents, operations) });
  });
}

/** What a command set going may have moved on since it was answered. */
async function asTheyStand(answers: readonly Answer[], intents: readonly string[], operations: Operations): Promise<readonly Answer[]> {
  const current: Answer[] = [];
  for (const [index, answer] of answers.entries()) {
    const begun = await operations.ofIntent(intents[index] ?? "");
    current.push(begun.length === 0 ? answer : { ...answer, reply: { ...describe(begun), audience: answer.reply.audience } });
  }
  return current;
}

/** What was told may have been revised since it was answered; only a failure gives way to another try. */
const newerOf = (told: Answer | undefined, answer: Answer): Answer => (told && told.reply.outcome !== "failed" ? told : answer);

const loopNotice: Reply = {
  outcome: "refused",
  reason: "too_many_replies",
  audience: "thread",
  parts: [
    text(
      `I answered ${mostRepliesInWindow} times here within a minute, so I stop for a minute. If two bots talk to each other, silence one of them.`,
      "bad",
    ),
  ],
};

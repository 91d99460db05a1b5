import { UserError } from "../errors.ts";
import type { OutgoingMessage } from "../pipeline/outbox.ts";
import { notePress, tellPress } from "../pipeline/own-checks.ts";
import { pullRequestId } from "../pipeline/pull-request-id.ts";
import { isSameName } from "../pipeline/same-name.ts";
import type { Outcome, Reply } from "../reply.ts";
import { type Answering, answerOnce, intentOf } from "./answer-once.ts";
import { messageKey, type PressDelivery } from "./delivery.ts";
import { postWithinLoopLimit } from "./flood-limits.ts";
import { type Wanted, wantedBy } from "./pressed.ts";

/**
 * Answers who pressed a button of a check run of ours, in the check run. What they are to know although they may have turned away, they are
 * told on its pull request.
 *
 * @param isHeard whether they are answered by a comment of their own
 */
export async function answerPress(delivery: PressDelivery, isHeard: boolean, answering: Answering): Promise<Reply> {
  const { services, refusal: unheard } = answering;
  const { message: key } = delivery.press;
  const { line, refusal, ordinal } = await services.records.transaction(async ({ outbox }) => {
    const message = await outbox.find(key);
    const isIts = message?.address.surface === "github_check" && isSameName(message.address.repository, delivery.repository);
    const wanted: Wanted = wantedBy(delivery, isIts ? message : undefined);
    const press = { id: delivery.source, by: delivery.user.login, command: wanted.line.text };
    return { ...wanted, ordinal: isIts ? await notePress(outbox, key, press) : undefined };
  });

  const place = ordinal === undefined ? undefined : { message: key, ordinal };
  const reply = await answerOnce(line, 0, { ...answering, refusal: unheard ?? refusal, place });
  if (ordinal !== undefined) await services.records.transaction(({ outbox }) => tellPress(outbox, key, ordinal, reply));
  if (isHeard && (ordinal === undefined || isToldBesides.includes(reply.outcome))) await comment(delivery, line.text, reply, answering);
  return reply;
}

const isToldBesides: readonly Outcome[] = ["refused", "invalid", "failed"];

async function comment(delivery: PressDelivery, command: string, reply: Reply, answering: Answering): Promise<void> {
  const { repository, place, user } = delivery;
  if (place.number === undefined) return;
  const subjectId = await pullRequestId(repository, place.number, answering.services).catch(unlessOutOfReach);
  if (subjectId === undefined) return answering.log.warn({ repository }, "a press is answered in its check run alone: no pull request");
  const message: OutgoingMessage = {
    key: messageKey(delivery),
    lane: `github:${repository}#${place.number}`,
    address: { surface: "github", repository, subjectId },
    asker: user.login,
    answers: [{ command, reply }],
  };
  await postWithinLoopLimit(message, [intentOf(delivery, 0, { verb: "", text: command, rest: "" })], answering);
}

function unlessOutOfReach(error: unknown): undefined {
  if (!(error instanceof UserError)) throw error;
}

import { randomUUID } from "node:crypto";
import type { Target, Verdict } from "../commands/command.ts";
import type { CommandLine } from "../commands/grammar/command-line.ts";
import { whatMayI } from "../commands/help.ts";
import { linkAction } from "../commands/link-action.ts";
import { ServiceError, storage, UserError } from "../errors.ts";
import type { Json } from "../pipeline/json.ts";
import { invitationLivesMs } from "../pipeline/linking/invitations.ts";
import { shortSha } from "../pipeline/next-step.ts";
import type { NewJob } from "../pipeline/queue.ts";
import type { Services } from "../services.ts";
import type { Conversation } from "./answer-command.ts";
import { answerTask, type SlackDelivery, toPayload } from "./delivery.ts";

/** One command of somebody who must link first. */
export interface KeptWish {
  readonly delivery: SlackDelivery;
  readonly ordinal: number;
  readonly line: CommandLine;
  /** The commit that it was about when it was asked. */
  readonly headSha?: string;
}

/** It outlives the invitation, so that who comes too late is told so. */
const keptForMs = 3 * invitationLivesMs;

/**
 * The refusal of a command. To somebody who only lacks a link it brings the way to one, and what they asked for is kept until then.
 */
export async function refusalOf(
  verdict: Verdict & { readonly isAllowed: false },
  line: CommandLine,
  target: Target | undefined,
  actsOnHead: boolean,
  { actor, delivery, place, services }: Conversation,
): Promise<UserError> {
  const id = randomUUID();
  const action = linkAction(actor, services.invitations, id);
  if (verdict.reason !== "not_linked" || !action)
    return new UserError("refused", verdict.reason, verdict.message, { actions: verdict.reason === "role_too_low" ? [whatMayI] : [] });

  const isKept = delivery.surface === "slack" && !delivery.afterLink && (await keep());
  const afterwards = isKept ? " Do so by this button within ten minutes, and I carry it out then." : " Ask again when you are linked.";
  return new UserError("refused", verdict.reason, verdict.message + afterwards, { actions: [action] });

  async function keep(): Promise<boolean> {
    try {
      const headSha = actsOnHead && target ? await headShaOf(target, services) : undefined;
      const wish: KeptWish = {
        delivery: delivery as SlackDelivery,
        ordinal: place.ordinal,
        line,
        ...(headSha !== undefined && { headSha }),
      };
      await services.keys.set(keyOf(id), wish as unknown as Json, keptForMs);
      return true;
    } catch (error) {
      // Without knowing what it is about now, it could be about something else then.
      if ((error instanceof ServiceError && error.service !== storage) || error instanceof UserError) return false;
      throw error;
    }
  }
}

export async function findWish(id: string, { keys }: Pick<Services, "keys">): Promise<KeptWish | undefined> {
  return (await keys.get<Json & object>(keyOf(id))) as KeptWish | undefined;
}

/** The command as a delivery of its own; one wish is one job, however often its link is offered and used. */
export function toJob({ delivery, ordinal, line, headSha }: KeptWish): NewJob {
  const source = `${delivery.source}:${ordinal}:after-link`;
  const afterLink = { line, ...(headSha !== undefined && { headSha }) };
  return { id: source, task: answerTask, payload: toPayload({ ...delivery, source, afterLink }) };
}

export const wishInWords = ({ line }: KeptWish, prefix: string): string => `/${prefix} ${line.text}`;

/**
 * Whether what was asked for before the link may still be done: by now it may be about something else, or nobody waits for it.
 *
 * @throws UserError (refused); ServiceError
 */
export async function refuseIfStale(delivery: Conversation["delivery"], target: Target | undefined, services: Services): Promise<void> {
  if (delivery.surface !== "slack" || !delivery.afterLink) return;
  const { headSha, line } = delivery.afterLink;
  const again = { actions: [{ label: "Ask again", command: line.text }] };
  const lateByMs = services.now() - delivery.receivedAt;
  if (lateByMs >= invitationLivesMs) {
    const sentence = `You are linked now, but you asked for this ${Math.round(lateByMs / 60_000)} minutes ago, so nothing was done. Ask again if you still want it.`;
    throw new UserError("refused", "too_late", sentence, again);
  }
  if (headSha === undefined || !target) return;
  const head = await headShaOf(target, services);
  if (head === headSha) return;
  const place = target.pullRequest === undefined ? (target.ref ?? "The default branch") : `#${target.pullRequest}`;
  const moved = head === undefined ? "is gone" : `has moved from @${shortSha(headSha)} to @${shortSha(head)}`;
  throw new UserError(
    "refused",
    "head_moved",
    `${place} ${moved} since you asked, so nothing was done. Ask again for the new head.`,
    again,
  );
}

async function headShaOf(
  { repository, pullRequest, ref }: Target,
  { pipelines }: Pick<Services, "pipelines">,
): Promise<string | undefined> {
  if (pullRequest !== undefined) return (await pipelines.ofPullRequest(repository, pullRequest))?.headSha;
  return (await pipelines.ofRef(repository, ref))?.headSha;
}

const keyOf = (id: string): string => `linking:wish:${id}`;

import { UserError } from "../errors.ts";
import type { Channel } from "../pipeline/ai/channel.ts";
import { type Estimate, estimate } from "../pipeline/ai/estimate.ts";
import { nobodyLeft, notConfigured } from "../pipeline/ai/nobody-to-ask.ts";
import { shortSha } from "../pipeline/next-step.ts";
import { nothingToReview } from "../pipeline/reviews/nothing-to-review.ts";
import { type PrepareNeeds, prepareReview } from "../pipeline/reviews/prepare.ts";
import type { ReviewChannel } from "../pipeline/reviews/rules.ts";
import { type ReviewWish, toReview } from "../pipeline/reviews/wish.ts";
import { showUsd } from "../pipeline/usage/money.ts";
import { type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { toAsker } from "./asker.ts";
import type { Context, NoQuestion, Question } from "./command.ts";
import { headOf, type PinnedTarget } from "./head.ts";

export type ReviewNeeds = PrepareNeeds & Pick<Services, "channels" | "priceBook" | "askAbovePico" | "pipelines" | "records" | "now">;

/** What somebody wants reviewed. */
export interface WantedReview extends Pick<ReviewWish, "how" | "paths" | "focus" | "withPhase"> {
  readonly command: "force-review" | "ai-review";
  /** All of it as it would be typed again, without the place. */
  readonly typed: string;
  /** Absent: who reviews that repository. */
  readonly channel?: ReviewChannel;
  readonly place: PinnedTarget;
}

interface Agreed {
  readonly repository: string;
  readonly number: number;
  readonly headSha: string;
  readonly channel: ReviewChannel;
  /** Who is asked and how much it is, in words. */
  readonly words: string;
}

/** A review can be asked for where any of its channels can. */
export const canReview = (_: string | undefined, { channels }: Pick<Services, "channels">): boolean =>
  channels.of("gemini") !== undefined || channels.of("o3") !== undefined;

/**
 * Finds out what would be reviewed and what that may cost; asks first where it is much.
 *
 * @throws UserError where there is nothing to review, or nobody to do it
 */
export async function askForReview(wanted: WantedReview, context: Context, services: ReviewNeeds): Promise<Question | NoQuestion> {
  const head = await headOf(wanted.place, context, services, wanted.typed);
  const { repository, subject, headSha } = head;
  if (subject.kind !== "pull_request")
    throw new UserError("not_applicable", "no_pull_request", "Only pull requests are reviewed. Name one, such as #12.");
  if (subject.state !== "open")
    throw new UserError("not_applicable", "pull_closed", `#${subject.number} is ${subject.state}, so nothing was asked.`);

  const { number } = subject;
  const name = wanted.channel ?? services.reviewRules(repository).channel;
  const channel = services.channels.of(name);
  if (!channel) throw new UserError("not_applicable", "not_configured", notConfigured(name));
  const prepared = await prepareReview({ ...wanted, repository, number }, undefined, services);
  if (prepared.plan.calls.length === 0) throw nothingToReview(prepared);
  const expected = estimate(prepared.prompts, channel, services.priceBook, services.now());
  if (!expected) throw new UserError("failed", "nobody_left", nobodyLeft(channel, services.now()));

  const words = inWords(
    prepared.plan.calls.flatMap(({ files }) => files.map(({ path }) => path)),
    channel,
    expected,
    context,
  );
  const agreedTo = { repository, number, headSha, channel: name, words } satisfies Agreed;
  if ((expected.mostPico ?? 0n) <= services.askAbovePico) return { agreedTo };
  return {
    parts: [text(`Review #${number} @${shortSha(headSha)} with ${words}? That may be dear.`)],
    label: "Review it",
    confirm: { title: "Review it?", text: words },
    agreedTo,
  };
}

/** Sets the review going; its end is told in the place of this reply. */
export async function beginReview(
  { command, typed, how, paths, focus, withPhase }: WantedReview,
  context: Context,
  { records, now }: ReviewNeeds,
  agreedTo: unknown,
): Promise<Reply> {
  const { repository, number, headSha, channel, words } = agreedTo as Agreed;
  const { intent, place } = context;
  const at = now();
  const wish: ReviewWish = {
    id: intent,
    repository,
    number,
    headSha,
    channel,
    how,
    ...(paths && { paths }),
    ...(focus !== undefined && { focus }),
    ...(withPhase && { withPhase }),
    asked: { intent, command, text: typed, repository, pullRequest: number, place, asker: toAsker(context), askedAt: at },
    ...(context.showsInternals && { showsMoney: true }),
    at,
  };
  await records.transaction(({ queue }) => queue.add(toReview(wish)));
  return {
    outcome: "queued",
    reason: "reviewing",
    audience: "thread",
    parts: [text(`Reviewing #${number} @${shortSha(headSha)} with ${words}.`, "busy")],
  };
}

/** `gemini (gemini-2.5-pro through Gemini CLI): 3 files, about 2,300 tokens, at most $0.04` */
function inWords(paths: readonly string[], { name }: Channel, { first, tokensIn, mostPico }: Estimate, context: Context): string {
  const files = new Set(paths).size;
  const tokens = `about ${tokensIn.toLocaleString("en")} tokens`;
  const money = mostPico === null || !context.showsInternals ? "" : `, at most ${showUsd(mostPico)}`;
  return `${name} (${first.model} through ${first.provider.name}): ${files} ${files === 1 ? "file" : "files"}, ${tokens}${money}`;
}

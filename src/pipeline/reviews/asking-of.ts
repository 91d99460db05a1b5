import type { Services } from "../../services.ts";
import type { Asking } from "../ai/ask.ts";
import type { ReviewWish } from "./wish.ts";

const longestReviewMs = 60 * 60_000;
const looksAt = 50;

/** On whose behalf it is asked. Who forces what somebody else has forced while they waited gets the same, and it is paid for once. */
export async function askingOf(wish: ReviewWish, headSha: string, { records }: Pick<Services, "records">): Promise<Asking> {
  const { id, repository, number: pullRequest, channel, how, asked, at } = wish;
  const actor = asked?.asker.account?.login;
  const since = at - longestReviewMs;
  const before = await records.transaction(({ asks }) => asks.list({ purpose: "review", channel, repository, since }, looksAt));
  const isJustAnswered = before.some(
    ({ pullRequest: number, headSha: head, end }) =>
      number === pullRequest &&
      head === headSha &&
      end !== undefined &&
      end.at > at &&
      (end.outcome === "answered" || end.outcome === "partly"),
  );
  return {
    id: `review:${id}`,
    channel,
    repository,
    pullRequest,
    headSha,
    ...(actor !== undefined && { actor }),
    ...(how === "forced" && !isJustAnswered && { isForced: true }),
  };
}

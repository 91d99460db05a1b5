import { type Reply, text } from "../../reply.ts";
import { plainText } from "../ai/plain-text.ts";
import { slackLane, threadKey } from "../mirror/thread.ts";
import { putCheck } from "../own-checks.ts";
import type { Transaction } from "../records.ts";
import { describeReview, type ToldReview } from "./describe-review.ts";
import type { ReviewOf } from "./review-state.ts";

const longestInSlack = 400;

/** The outbox key of the summary, of which a pull request has one for each channel. */
export const summaryKey = ({ repository, pullRequest, channel }: ReviewOf): string =>
  `review:summary:${repository.toLowerCase()}#${pullRequest}:${channel}`;

/** The check run on each commit that was looked at. */
export const checkOf = ({ repository, channel }: ReviewOf, headSha: string) => ({
  repository,
  headSha,
  name: `NeXTRust review (${channel})`,
});

/** Shows a review: in the one comment that is edited in place, in a check run of its commit, and in the pull request's thread in Slack. */
export async function putReview({ outbox, mirrors }: Transaction, told: ToldReview, subjectId: string): Promise<void> {
  const { state } = told;
  const reply = describeReview(told);
  const key = summaryKey(state);
  const address = { surface: "github", repository: state.repository, subjectId, staysDeleted: true } as const;
  await outbox.put({ key, lane: key, address, answers: [{ reply }] });
  await putCheck(outbox, checkOf(state, state.sha), reply);

  const thread = await mirrors.thread(threadKey(state.repository, state.pullRequest));
  if (thread?.mode !== "on") return;
  await outbox.put({
    key: `review:slack:${key}`,
    lane: slackLane(thread.key),
    address: { surface: "slack_post", to: { channel: thread.channel }, thread: { message: thread.root }, stays: true },
    answers: [{ reply: inShort(told) }],
  });
}

/** What it comes to: for those who asked, and for a thread. */
export function inShort(told: ToldReview): Reply {
  const { actions: _, parts, ...reply } = describeReview(told);
  const summary = plainText(told.summaries.join(" "), longestInSlack).trim();
  return {
    ...reply,
    parts: [...parts.slice(0, 1), ...(summary === "" ? [] : [text(summary)]), ...parts.slice(-1)],
    link: { text: "The review on the pull request", url: told.url },
  };
}

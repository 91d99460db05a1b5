import { z } from "zod";
import type { Answer, GitHubReviewAddress, ReviewThread } from "../../pipeline/outbox.ts";
import { Postponed } from "../../pipeline/queue.ts";
import type { Records } from "../../pipeline/records.ts";
import { toUnplaced } from "../../pipeline/reviews/finding-comments.ts";
import { replyMarker } from "../render/marker.ts";
import { findingMarker, renderReviewBody, renderThread } from "../render/review.ts";
import type { Sender } from "../send.ts";
import type { GitHub, GitHubClient } from "./client.ts";
import { canCommentOn } from "./commentable.ts";
import { compare } from "./compare.ts";
import { addReview, lastReviews } from "./documents/reviews.ts";
import { isUnprocessable, toGitHubError } from "./errors.ts";

const Review = z.object({
  id: z.string(),
  body: z.string(),
  viewerDidAuthor: z.boolean(),
  comments: z.object({ nodes: z.array(z.object({ body: z.string() })) }),
});
const Last = z.object({ node: z.object({ baseRefOid: z.string(), reviews: z.object({ nodes: z.array(Review) }) }) });
const Added = z.object({ addPullRequestReview: z.object({ pullRequestReview: z.object({ id: z.string() }) }) });

/** More is too much to read; the rest is said elsewhere. */
const mostThreads = 30;

/** A review that stands on GitHub, and which of the findings it says. */
interface Posted {
  readonly id: string | undefined;
  readonly findings: ReadonlySet<string>;
}
const nothing: Posted = { id: undefined, findings: new Set() };

/**
 * Says what was found on lines, in one review without a verdict, once: nothing edits it or takes it back. One that was posted before a crash
 * could be recorded is found again by its hidden marker. GitHub refuses a whole review for one line that stands in no hunk, so those are left
 * out before; a job of `unplacedTask` tells which they were.
 *
 * @returns the review's node id, where there is one
 * @throws ServiceError; Postponed when it is not our turn to write yet
 */
export function createReviewSender(github: GitHub, prefix: string, records: Records): Sender {
  return async ({ address, key, externalId, answers }) => {
    const review = address as GitHubReviewAddress;
    if (externalId !== undefined || answers.length === 0) return externalId;
    try {
      const client = await github.forRepository(review.repository);
      const waitMs = client.writePace.take();
      if (waitMs > 0) throw new Postponed(waitMs);
      const { baseRefOid, reviews } = Last.parse(await client.query(lastReviews, { subjectId: review.subjectId })).node;
      const found = reviews.nodes.find(({ viewerDidAuthor, body }) => viewerDidAuthor && body.includes(replyMarker(key)));
      const posted = found ? asPosted(found, review.threads) : await post(key, review, answers, baseRefOid, { prefix, client });

      const unplaced = review.threads.map(({ finding }) => finding).filter((finding) => !posted.findings.has(finding));
      if (unplaced.length > 0) await records.transaction(({ queue }) => queue.add(toUnplaced({ review: key, findings: unplaced })));
      return posted.id;
    } catch (error) {
      throw toGitHubError(error);
    }
  };
}

function asPosted({ id, comments }: z.infer<typeof Review>, threads: readonly ReviewThread[]): Posted {
  const isThere = ({ finding }: ReviewThread) => comments.nodes.some(({ body }) => body.includes(findingMarker(finding)));
  return { id, findings: new Set(threads.filter(isThere).map(({ finding }) => finding)) };
}

interface Means {
  readonly prefix: string;
  readonly client: GitHubClient;
}

async function post(
  key: string,
  review: GitHubReviewAddress,
  answers: readonly Answer[],
  baseSha: string,
  { prefix, client }: Means,
): Promise<Posted> {
  const { repository, subjectId, headSha, threads } = review;
  const patches = new Map((await compare(client, repository, baseSha, headSha))?.files.map(({ path, patch = "" }) => [path, patch]));
  const placed = threads
    .flatMap((thread, index) => {
      const answer = answers[index];
      return answer && canCommentOn(patches.get(thread.path) ?? "", thread) ? [{ thread, answer }] : [];
    })
    .slice(0, mostThreads);
  if (placed.length === 0) return nothing;

  const body = renderReviewBody(key, review, placed.length);
  const rendered = placed.map(({ thread, answer }) => renderThread(thread, answer, prefix));
  try {
    const { addPullRequestReview: added } = Added.parse(await client.mutate(addReview, { subjectId, headSha, body, threads: rendered }));
    return { id: added.pullRequestReview.id, findings: new Set(placed.map(({ thread }) => thread.finding)) };
  } catch (error) {
    // It counts differently after all, or the commit is no part of the pull request any more: asking again changes nothing.
    if (isUnprocessable(error)) return nothing;
    throw error;
  }
}

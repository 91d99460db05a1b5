import type { KnownRepository } from "../access.ts";
import { accountOf, associationOf, reactionCounts } from "../home.ts";
import type { World } from "../world.ts";
import type { Review, ReviewComment } from "./reviews.ts";

/** A review as deliveries tell of it. */
export function renderReview(world: World, repository: KnownRepository, review: Review) {
  const { id, nodeId, body, author, headSha, state, createdAt, updatedAt } = review;
  const [html, pull] = [reviewUrl(world, review), pullUrl(world, review)];
  return {
    id,
    node_id: nodeId,
    user: accountOf(world, author),
    // A review that says something on lines only has none.
    body: body === "" ? null : body,
    commit_id: headSha,
    submitted_at: createdAt,
    updated_at: updatedAt,
    state,
    html_url: html,
    pull_request_url: pull,
    author_association: associationOf(world, author, repository),
    _links: { html: { href: html }, pull_request: { href: pull } },
  };
}

export function renderReviewComment(world: World, repository: KnownRepository, comment: ReviewComment) {
  const { id, nodeId, review, parent, path, line, startLine = null, body, author, headSha, createdAt, updatedAt } = comment;
  const api = `${world.url}/repos/${repository.fullName}/pulls/comments/${id}`;
  const [html, pull] = [reviewCommentUrl(world, comment), pullUrl(world, comment)];
  return {
    url: api,
    pull_request_review_id: review,
    id,
    node_id: nodeId,
    diff_hunk: `@@ -0,0 +1,${line} @@`,
    path,
    position: line,
    original_position: line,
    commit_id: headSha,
    original_commit_id: headSha,
    user: accountOf(world, author),
    body,
    created_at: createdAt,
    updated_at: updatedAt,
    html_url: html,
    pull_request_url: pull,
    author_association: associationOf(world, author, repository),
    _links: { self: { href: api }, html: { href: html }, pull_request: { href: pull } },
    reactions: reactionCounts(api),
    start_line: startLine,
    original_start_line: startLine,
    start_side: startLine === null ? null : "RIGHT",
    line,
    original_line: line,
    side: "RIGHT",
    subject_type: "line",
    ...(parent !== undefined && { in_reply_to_id: parent }),
  };
}

const pullUrl = ({ url }: World, { repository, number }: Review | ReviewComment): string => `${url}/repos/${repository}/pulls/${number}`;

export const reviewUrl = ({ url }: World, { repository, number, id }: Review): string =>
  `${url}/${repository}/pull/${number}#pullrequestreview-${id}`;

export const reviewCommentUrl = ({ url }: World, { repository, number, id }: ReviewComment): string =>
  `${url}/${repository}/pull/${number}#discussion_r${id}`;

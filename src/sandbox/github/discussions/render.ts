import type { KnownRepository } from "../access.ts";
import { accountOf, associationOf, reactionCounts } from "../home.ts";
import type { World } from "../world.ts";
import type { Discussion, DiscussionComment } from "./discussions.ts";

/** A Discussion as deliveries tell of it. */
export function renderDiscussion(world: World, home: { readonly id: number }, repository: KnownRepository, discussion: Discussion) {
  const { id, nodeId, number, title, body, author, category, createdAt, updatedAt } = discussion;
  const api = `${world.url}/repos/${repository.fullName}`;
  return {
    repository_url: api,
    category: {
      id: category.id,
      node_id: category.nodeId,
      repository_id: home.id,
      emoji: category.emoji,
      name: category.name,
      description: category.description,
      created_at: discussion.createdAt,
      updated_at: discussion.createdAt,
      slug: category.slug,
      is_answerable: category.isAnswerable,
    },
    answer_html_url: null,
    answer_chosen_at: null,
    answer_chosen_by: null,
    html_url: discussionUrl(world, discussion),
    id,
    node_id: nodeId,
    number,
    title,
    user: accountOf(world, author),
    labels: [],
    state: "open",
    state_reason: null,
    locked: false,
    comments: world.discussions.commentsOn(id).length,
    created_at: createdAt,
    updated_at: updatedAt,
    author_association: associationOf(world, author, repository),
    active_lock_reason: null,
    body,
    reactions: reactionCounts(`${api}/discussions/${number}`),
    timeline_url: `${api}/discussions/${number}/timeline`,
  };
}

/** A comment in one; it is told of its parent by the number only. */
export function renderComment(world: World, repository: KnownRepository, discussion: Discussion, comment: DiscussionComment) {
  const { id, nodeId, parent, author, body, createdAt, updatedAt } = comment;
  const api = `${world.url}/repos/${repository.fullName}`;
  return {
    id,
    node_id: nodeId,
    html_url: commentUrl(world, discussion, comment),
    parent_id: parent ?? null,
    child_comment_count: world.discussions.commentsOn(discussion.id, id).length,
    repository_url: repository.fullName,
    discussion_id: discussion.id,
    author_association: associationOf(world, author, repository),
    user: accountOf(world, author),
    created_at: createdAt,
    updated_at: updatedAt,
    body,
    reactions: reactionCounts(`${api}/discussions/comments/${id}`),
  };
}

export const discussionUrl = ({ url }: World, { repository, number }: Discussion): string => `${url}/${repository}/discussions/${number}`;

export const commentUrl = (world: World, discussion: Discussion, { id }: DiscussionComment): string =>
  `${discussionUrl(world, discussion)}#discussioncomment-${id}`;

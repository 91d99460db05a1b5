import { z } from "zod";
import { ServiceError } from "../../errors.ts";
import type { GitHubPostAddress } from "../../pipeline/outbox.ts";
import { Postponed } from "../../pipeline/queue.ts";
import { renderMarkdown } from "../render/markdown.ts";
import { replyMarker } from "../render/marker.ts";
import type { Sender } from "../send.ts";
import { coordinates, type GitHub, type GitHubClient } from "./client.ts";
import { Candidates, withMarker } from "./comments/found-by-marker.ts";
import { createDiscussion, deleteDiscussion, discussionCategory, lastDiscussions, updateDiscussion } from "./documents/discussions.ts";
import { toGitHubError } from "./errors.ts";
import { ifThere } from "./if-there.ts";

const Last = z.object({ repository: z.object({ discussions: Candidates }) });
const Category = z.object({
  repository: z.object({
    id: z.string(),
    discussionCategory: z.object({ id: z.string() }).nullable(),
    discussionCategories: z.object({ nodes: z.array(z.object({ slug: z.string() })) }),
  }),
});
const Created = z.object({ createDiscussion: z.object({ discussion: z.object({ id: z.string() }) }) });

/**
 * Says on GitHub what nobody asked for: in a Discussion of its own, once, edited from then on. One that was begun before a crash could be
 * recorded is found again by its hidden marker.
 *
 * @returns the Discussion's node id, where there is one
 * @throws ServiceError, not retryable when there is no such category; Postponed when it is not our turn to write yet
 */
export function createGitHubPostSender(github: GitHub, prefix: string): Sender {
  return async ({ address, key, externalId, triedAt, answers, asker }) => {
    const post = address as GitHubPostAddress;
    try {
      const client = await github.forRepository(post.repository);
      const waitMs = client.writePace.take();
      if (waitMs > 0) throw new Postponed(waitMs);
      const id = externalId ?? (triedAt === undefined ? undefined : await find(post, replyMarker(key), client));
      if (answers.length === 0) return id && (await ifThere(id, () => client.mutate(deleteDiscussion, { id })));

      const { title } = post;
      const body = renderMarkdown(key, asker, `/${prefix}-`, answers);
      const isThere = id !== undefined && (await ifThere(id, () => client.mutate(updateDiscussion, { id, title, body })));
      return isThere || (await begin(post, body, client));
    } catch (error) {
      throw toGitHubError(error);
    }
  };
}

async function find({ repository }: GitHubPostAddress, marker: string, { query }: GitHubClient): Promise<string | undefined> {
  return withMarker(Last.parse(await query(lastDiscussions, coordinates(repository))).repository.discussions, marker);
}

async function begin(
  { repository, category: slug, title }: GitHubPostAddress,
  body: string,
  { query, mutate }: GitHubClient,
): Promise<string> {
  const found = Category.parse(await query(discussionCategory, { ...coordinates(repository), slug })).repository;
  const { id: repositoryId, discussionCategory: category, discussionCategories: all } = found;
  if (!category) {
    const there = all.nodes.length > 0 ? `there are: ${all.nodes.map((one) => one.slug).join(", ")}` : "there are none";
    const sentence = `${repository} has no category "${slug}" for Discussions; ${there}. Correct "discussions" in config/nextrust.yml.`;
    throw new ServiceError(sentence, { service: "GitHub", retryable: false });
  }
  return Created.parse(await mutate(createDiscussion, { repositoryId, categoryId: category.id, title, body })).createDiscussion.discussion
    .id;
}

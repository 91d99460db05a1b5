import type { Pull } from "../resources.ts";
import { actorNode } from "./account.ts";

/** The fields of a pull request that need no look-up. */
export const pullRequestFacts = (pull: Pull, url: string) => ({
  __typename: "PullRequest",
  id: pull.node_id,
  databaseId: pull.id,
  number: pull.number,
  title: pull.title,
  body: pull.body ?? "",
  url: pull.html_url,
  state: pull.merged ? "MERGED" : pull.state.toUpperCase(),
  isDraft: pull.draft,
  merged: pull.merged,
  mergedAt: pull.merged_at,
  mergedBy: pull.merged_by ? actorNode(pull.merged_by, url) : null,
  closed: pull.state === "closed",
  closedAt: pull.closed_at,
  createdAt: pull.created_at,
  updatedAt: pull.updated_at,
  author: actorNode(pull.user, url),
  baseRefName: pull.base.ref,
  baseRefOid: pull.base.sha,
  headRefName: pull.head.ref,
  headRefOid: pull.head.sha,
  isCrossRepository: pull.head.repo.full_name !== pull.base.repo.full_name,
});

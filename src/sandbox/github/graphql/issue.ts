import type { KnownRepository } from "../access.ts";
import type { Issue } from "../resources.ts";
import { actorNode } from "./account.ts";
import { discussed } from "./comment.ts";
import type { Context } from "./context.ts";
import { reactable } from "./reactable.ts";
import { repositorySummary } from "./repository-summary.ts";

export function issueNode(context: Context, repository: KnownRepository, issue: Issue) {
  return {
    __typename: "Issue",
    id: issue.node_id,
    databaseId: issue.id,
    number: issue.number,
    title: issue.title,
    body: issue.body ?? "",
    url: issue.html_url,
    state: issue.state.toUpperCase(),
    closed: issue.state === "closed",
    createdAt: issue.created_at,
    author: actorNode(issue.user, context.world.url),
    repository: repositorySummary(repository, context.world.url),
    ...discussed(context, repository, issue.number),
    ...reactable(context, issue.node_id),
  };
}

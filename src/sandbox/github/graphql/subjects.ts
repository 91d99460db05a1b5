import * as z from "zod";
import type { KnownRepository } from "../access.ts";
import { parseNodeId } from "../node-id.ts";
import { Comment, Issue, numberOf, Pull } from "../resources.ts";
import { commentNode } from "./comment.ts";
import { type Context, GraphqlFailure } from "./context.ts";
import { issueNode } from "./issue.ts";
import { pullRequestNode } from "./pull-request.ts";

/** Something that can be commented on or reacted to, found by its node id. */
export interface Subject {
  readonly type: "PullRequest" | "Issue" | "IssueComment";
  readonly repository: KnownRepository;
  /** Of the issue or pull request itself, or of the one that the comment is on. */
  readonly number: number;
  readonly databaseId: number;
  readonly node: () => object;
}

/** @throws GraphqlFailure for what does not exist or cannot be seen, between which GitHub makes no difference */
export async function findSubject(context: Context, id: string): Promise<Subject> {
  const parsed = parseNodeId(id);
  for (const repository of context.world.access.visibleTo(context.actor)) {
    const subject = parsed && (await findIn(context, repository, id, parsed));
    if (subject) return subject;
  }
  throw new GraphqlFailure("NOT_FOUND", `Could not resolve to a node with the global id of '${id}'.`);
}

async function findIn(
  context: Context,
  repository: KnownRepository,
  nodeId: string,
  { type, id }: { type: string; id: number },
): Promise<Subject | undefined> {
  const { emulated } = context.world;
  const isIt = (candidate: { node_id: string }) => candidate.node_id === nodeId;

  if (type === "IssueComment") {
    const comment = await emulated.read(Comment, `/repos/${repository.fullName}/issues/comments/${id}`);
    const node = comment && (() => commentNode(context, repository, comment));
    return node && { type, repository, number: numberOf(comment), databaseId: id, node };
  }
  if (type === "PullRequest") {
    const pulls = await emulated.read(z.array(Pull), `/repos/${repository.fullName}/pulls?state=all&per_page=100`);
    const pull = pulls?.find(isIt);
    return pull && { type, repository, number: pull.number, databaseId: id, node: () => pullRequestNode(context, repository, pull) };
  }
  if (type === "Issue") {
    const issues = await emulated.read(z.array(Issue), `/repos/${repository.fullName}/issues?state=all&per_page=100`);
    const issue = issues?.find(isIt);
    return issue && { type, repository, number: issue.number, databaseId: id, node: () => issueNode(context, repository, issue) };
  }
  return undefined;
}

import * as z from "zod";
import type { Forum, KnownRepository } from "../access.ts";
import { parseNodeId } from "../node-id.ts";
import { Comment, Issue, numberOf, Pull } from "../resources.ts";
import { commentNode } from "./comment.ts";
import { type Context, GraphqlFailure } from "./context.ts";
import { issueNode } from "./issue.ts";
import { findOwn } from "./own-subjects.ts";
import { pullRequestNode } from "./pull-request.ts";

/** Something that can be commented on or reacted to, found by its node id. */
export interface Subject {
  readonly type: string;
  readonly where: Forum;
  readonly repository: KnownRepository;
  /** Of the issue, pull request or Discussion itself, or of the one that it belongs to. */
  readonly number: number;
  readonly databaseId: number;
  readonly node: () => object;
}

/**
 * @param type what it must be, where only one will do
 * @throws GraphqlFailure for what does not exist or cannot be seen, between which GitHub makes no difference
 */
export async function findSubject(context: Context, id: string, type?: string): Promise<Subject> {
  const subject = await findNode(context, id);
  if (!subject || (type !== undefined && subject.type !== type)) {
    throw new GraphqlFailure(
      "NOT_FOUND",
      `Could not resolve to a ${type === undefined ? "node" : `${type} node`} with the global id of '${id}'.`,
    );
  }
  return subject;
}

async function findNode(context: Context, id: string): Promise<Subject | undefined> {
  const parsed = parseNodeId(id);
  const visible = context.world.access.visibleTo(context.actor);
  const own = parsed && findOwn(context, parsed.type, parsed.id, visible);
  if (own) return own;
  for (const repository of visible) {
    const subject = parsed && (await findIn(context, repository, id, parsed));
    if (subject) return subject;
  }
  return undefined;
}

async function findIn(
  context: Context,
  repository: KnownRepository,
  nodeId: string,
  { type, id }: { type: string; id: number },
): Promise<Subject | undefined> {
  const { emulated } = context.world;
  const where = "conversation";
  const isIt = (candidate: { node_id: string }) => candidate.node_id === nodeId;

  if (type === "IssueComment") {
    const comment = await emulated.read(Comment, `/repos/${repository.fullName}/issues/comments/${id}`);
    const node = comment && (() => commentNode(context, repository, comment));
    return node && { type, where, repository, number: numberOf(comment), databaseId: id, node };
  }
  if (type === "PullRequest") {
    const pulls = await emulated.read(z.array(Pull), `/repos/${repository.fullName}/pulls?state=all&per_page=100`);
    const pull = pulls?.find(isIt);
    return pull && { type, where, repository, number: pull.number, databaseId: id, node: () => pullRequestNode(context, repository, pull) };
  }
  if (type === "Issue") {
    const issues = await emulated.read(z.array(Issue), `/repos/${repository.fullName}/issues?state=all&per_page=100`);
    const issue = issues?.find(isIt);
    return issue && { type, where, repository, number: issue.number, databaseId: id, node: () => issueNode(context, repository, issue) };
  }
  return undefined;
}

import * as z from "zod";
import type { KnownRepository } from "./access.ts";
import { Refused } from "./emulated.ts";
import { Comment, Issue, Pull } from "./resources.ts";
import type { Author } from "./tokens.ts";
import type { World } from "./world.ts";

const longestBody = 65_536;
const pageSize = 100;

/** Comments as the account, under GitHub's rules rather than the emulator's looser ones. */
export async function createComment(
  world: World,
  actor: Author,
  repository: KnownRepository,
  number: number,
  body: string,
): Promise<Comment> {
  if (!world.access.canDiscuss(actor, repository)) throw forbidden(actor);
  checkBody(body);
  return world.emulated.write(Comment, "POST", `/repos/${repository.fullName}/issues/${number}/comments`, { body }, actor.token);
}

/** Edits one's own comment, or as a moderator anybody's. */
export async function editComment(world: World, actor: Author, repository: KnownRepository, id: number, body: string): Promise<Comment> {
  const path = `/repos/${repository.fullName}/issues/comments/${id}`;
  const comment = await world.emulated.read(Comment, path);
  if (!comment) throw new Refused(404, "Not Found");
  const isOwn = comment.user.login === actor.login && world.access.canDiscuss(actor, repository);
  if (!isOwn && !world.access.canModerate(actor, repository)) throw forbidden(actor);
  checkBody(body);
  return world.emulated.write(Comment, "PATCH", path, { body }, actor.token);
}

/** Deletes one's own comment, or as a moderator anybody's. */
export async function deleteComment(world: World, actor: Author, repository: KnownRepository, id: number): Promise<void> {
  const path = `/repos/${repository.fullName}/issues/comments/${id}`;
  const comment = await world.emulated.read(Comment, path);
  if (!comment) throw new Refused(404, "Not Found");
  const isOwn = comment.user.login === actor.login && world.access.canDiscuss(actor, repository);
  if (!isOwn && !world.access.canModerate(actor, repository)) throw forbidden(actor);
  await world.emulated.write(z.unknown(), "DELETE", path, undefined, actor.token);
}

/** All comments of an issue or pull request, oldest first. */
export async function commentsOf({ emulated }: World, repository: string, number: number): Promise<Comment[]> {
  const comments: Comment[] = [];
  for (let page = 1; comments.length === (page - 1) * pageSize; page++) {
    const path = `/repos/${repository}/issues/${number}/comments?per_page=${pageSize}&page=${page}`;
    comments.push(...((await emulated.read(z.array(Comment), path)) ?? []));
  }
  return comments;
}

export const readPull = ({ emulated }: World, repository: string, number: number) =>
  emulated.read(Pull, `/repos/${repository}/pulls/${number}`);

export const readIssue = ({ emulated }: World, repository: string, number: number) =>
  emulated.read(Issue, `/repos/${repository}/issues/${number}`);

/** GitHub words a refusal differently for an App and for a person. */
export function forbidden(actor: Author): Refused {
  return new Refused(
    403,
    actor.kind === "installation" ? "Resource not accessible by integration" : "Must have admin rights to Repository.",
  );
}

function checkBody(body: string): void {
  if (body.trim() === "") throw new Refused(422, "Body can't be blank");
  if (body.length > longestBody) throw new Refused(422, `Body is too long (maximum is ${longestBody} characters)`);
}

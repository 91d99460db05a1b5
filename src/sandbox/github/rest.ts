import * as z from "zod";
import { legacyPermission, type Role } from "./access.ts";
import { actionsRoutes } from "./actions/routes/table.ts";
import { type Answer, bodyOf, json, notForIntegrations, notFound, refuse, requiresAuthentication } from "./answer.ts";
import { createComment, deleteComment, editComment } from "./comments.ts";
import { deliveryRoutes } from "./delivery-routes.ts";
import { answerGraphql } from "./graphql/execute.ts";
import { Account } from "./resources.ts";
import type { Call, Route } from "./route.ts";

const CommentBody = z.object({ body: z.string() });

/** What the front answers itself, because the emulator lacks it or gets it wrong. */
export const routes: readonly Route[] = [
  { method: "POST", scope: "root", path: /^\/graphql$/, handle: graphql },
  { method: "GET", scope: "root", path: /^\/user$/, handle: currentUser },
  { method: "GET", scope: "root", path: /^\/user\/(\d+)$/, handle: userById },
  { method: "POST", scope: "root", path: /^\/app\/installations\/\d+\/access_tokens$/, handle: mintToken },
  { method: "GET", scope: "repository", path: /^\/collaborators\/([^/]+)\/permission$/, handle: permission },
  { method: "POST", scope: "repository", path: /^\/issues\/(\d+)\/comments$/, handle: postComment },
  { method: "PATCH", scope: "repository", path: /^\/issues\/comments\/(\d+)$/, handle: patchComment },
  { method: "DELETE", scope: "repository", path: /^\/issues\/comments\/(\d+)$/, handle: removeComment },
  ...actionsRoutes,
  ...deliveryRoutes,
];

async function graphql({ world, actor, request }: Call): Promise<Answer> {
  if (actor.kind === "anonymous" || actor.kind === "app") return requiresAuthentication;
  return answerGraphql(bodyOf(request), { world, actor });
}

async function currentUser({ world, actor, request }: Call): Promise<Answer> {
  if (actor.kind === "anonymous") return requiresAuthentication;
  return actor.kind === "person" ? world.emulated.forward(request) : notForIntegrations;
}

async function userById({ world, request }: Call, id: string): Promise<Answer> {
  const account = world.accounts.find((candidate) => candidate.id === Number(id));
  return account ? world.emulated.forward({ ...request, target: `/users/${encodeURIComponent(account.login)}` }) : notFound;
}

async function mintToken({ world, request }: Call): Promise<Answer> {
  const answer = await world.emulated.forward(request);
  world.tokens.remember(answer);
  return answer;
}

async function permission({ world, actor, repository }: Call, username: string): Promise<Answer> {
  if (actor.kind === "anonymous") return requiresAuthentication;
  const login = decodeURIComponent(username);
  const known = world.accounts.find((candidate) => candidate.login.toLowerCase() === login.toLowerCase());
  const user = known && (await world.emulated.read(z.looseObject(Account.shape), `/users/${encodeURIComponent(known.login)}`));
  if (!user || !repository) return refuse(404, `${login} is not a user`);

  const role = world.access.roleOf(user.login, repository);
  const permissions = Object.fromEntries(flags.map(([flag, from]) => [flag, rank.indexOf(role) >= rank.indexOf(from)]));
  return json(200, { permission: legacyPermission(role), role_name: role, user: { ...user, permissions, role_name: role } });
}

const rank: readonly (Role | "none")[] = ["none", "read", "triage", "write", "maintain", "admin"];
const flags = [
  ["pull", "read"],
  ["triage", "triage"],
  ["push", "write"],
  ["maintain", "maintain"],
  ["admin", "admin"],
] as const;

async function postComment({ world, actor, request, repository }: Call, number: string): Promise<Answer> {
  if (actor.kind === "anonymous" || actor.kind === "app" || !repository) return requiresAuthentication;
  const { body } = CommentBody.parse(bodyOf(request));
  return json(201, await createComment(world, actor, repository, Number(number), body));
}

async function patchComment({ world, actor, request, repository }: Call, id: string): Promise<Answer> {
  if (actor.kind === "anonymous" || actor.kind === "app" || !repository) return requiresAuthentication;
  const { body } = CommentBody.parse(bodyOf(request));
  return json(200, await editComment(world, actor, repository, Number(id), body));
}

async function removeComment({ world, actor, repository }: Call, id: string): Promise<Answer> {
  if (actor.kind === "anonymous" || actor.kind === "app" || !repository) return requiresAuthentication;
  await deleteComment(world, actor, repository, Number(id));
  return { status: 204, headers: {}, body: Buffer.alloc(0) };
}

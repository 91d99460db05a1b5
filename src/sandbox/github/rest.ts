import * as z from "zod";
import { legacyPermission, type Role } from "./access.ts";
import { actionsRoutes } from "./actions/routes/table.ts";
import { type Answer, bodyOf, json, notForIntegrations, notFound, refuse, requiresAuthentication } from "./answer.ts";
import { branchRoutes } from "./branch-routes.ts";
import { getCommit, listFiles } from "./changed-files.ts";
import { createComment, editComment, removeComment } from "./comments.ts";
import { deliveryRoutes } from "./delivery-routes.ts";
import { answerGraphql } from "./graphql/execute.ts";
import { Account } from "./resources.ts";
import type { Call, Route } from "./route.ts";
import type { World } from "./world.ts";

const CommentBody = z.object({ body: z.string() });

/** What the front answers itself, because the emulator lacks it or gets it wrong. */
export const routes: readonly Route[] = [
  { method: "POST", scope: "root", path: /^\/graphql$/, handle: graphql },
  { method: "GET", scope: "root", path: /^\/user$/, handle: currentUser },
  { method: "GET", scope: "root", path: /^\/user\/(\d+)$/, handle: userById },
  { method: "POST", scope: "root", path: /^\/app\/installations\/\d+\/access_tokens$/, handle: mintToken },
  { method: "GET", scope: "repository", path: /^\/collaborators\/([^/]+)\/permission$/, handle: permission },
  { method: "GET", scope: "root", path: /^\/orgs\/[^/]+\/teams\/[^/]+\/memberships\/[^/]+$/, handle: teamMembership },
  { method: "GET", scope: "repository", path: /^\/commits\/([^/]+)$/, handle: getCommit },
  { method: "GET", scope: "repository", path: /^\/pulls\/(\d+)\/files$/, handle: listFiles },
  { method: "POST", scope: "repository", path: /^\/issues\/(\d+)\/comments$/, handle: postComment },
  { method: "PATCH", scope: "repository", path: /^\/issues\/comments\/(\d+)$/, handle: patchComment },
  { method: "DELETE", scope: "repository", path: /^\/issues\/comments\/(\d+)$/, handle: deleteComment },
  ...branchRoutes,
  ...actionsRoutes,
  ...deliveryRoutes,
];

async function graphql({ world, actor, request }: Call): Promise<Answer> {
  if (actor.kind === "anonymous" || actor.kind === "app") return requiresAuthentication;
  return answerGraphql(bodyOf(request), { world, actor });
}

async function currentUser({ world, actor, request }: Call): Promise<Answer> {
  if (actor.kind === "anonymous") return requiresAuthentication;
  if (actor.kind !== "person") return notForIntegrations;
  const answer = await world.emulated.forward({ ...request, headers: { ...request.headers, authorization: `token ${actor.token}` } });
  const user = z.looseObject(Account.shape).parse(JSON.parse(answer.body.toString()));
  const present = world.identities.byId(user.id);
  return present ? json(200, { ...user, login: present.login }) : requiresAuthentication;
}

async function userById({ world }: Call, id: string): Promise<Answer> {
  const account = world.identities.byId(Number(id));
  const user = account && (await readAccount(world, account));
  return user ? json(200, user) : notFound;
}

/** Who is in a team is the organisation's own affair. */
async function teamMembership({ world, actor, request }: Call): Promise<Answer> {
  if (actor.kind === "anonymous") return requiresAuthentication;
  return actor.kind === "installation" && actor.permissions.members === undefined ? notForIntegrations : world.emulated.forward(request);
}

async function mintToken({ world, request }: Call): Promise<Answer> {
  const answer = await world.emulated.forward(request);
  world.tokens.remember(answer);
  return answer;
}

async function permission({ world, actor, repository }: Call, username: string): Promise<Answer> {
  if (actor.kind === "anonymous") return requiresAuthentication;
  const login = decodeURIComponent(username);
  const known = world.identities.byLogin(login);
  const user = known && (await readAccount(world, known));
  if (!user || !repository) return refuse(404, `${login} is not a user`);

  const role = world.access.roleOf(world.identities.seeded(user.id), repository);
  const permissions = Object.fromEntries(flags.map(([flag, from]) => [flag, rank.indexOf(role) >= rank.indexOf(from)]));
  return json(200, { permission: legacyPermission(role), role_name: role, user: { ...user, permissions, role_name: role } });
}

/** Everything about the account, under its present login. */
async function readAccount({ emulated, identities }: World, { id, login }: Account): Promise<Account | undefined> {
  const user = await emulated.read(z.looseObject(Account.shape), `/users/${encodeURIComponent(identities.seeded(id))}`);
  return user && { ...user, login };
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

async function deleteComment({ world, actor, repository }: Call, id: string): Promise<Answer> {
  if (actor.kind === "anonymous" || actor.kind === "app" || !repository) return requiresAuthentication;
  await removeComment(world, actor, repository, Number(id));
  return { status: 204, headers: {}, body: Buffer.alloc(0) };
}

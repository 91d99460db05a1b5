import type { Spent } from "../budget.ts";
import { actorNode, viewerNode } from "./account.ts";
import { checkMutations } from "./check-mutations.ts";
import { type Context, GraphqlFailure } from "./context.ts";
import { discussionMutations } from "./discussion-mutations.ts";
import { mutations } from "./mutations.ts";
import { repositoryNode } from "./repository.ts";
import { reviewMutations } from "./review-mutations.ts";
import { search } from "./search.ts";
import { findSubject } from "./subjects.ts";

/** The fields that queries and mutations begin with. */
export const root = (spent: Spent) => ({
  viewer: (_: unknown, context: Context) => viewerNode(context),
  rateLimit: { ...spent, cost: 1, nodeCount: 0, resetAt: new Date(spent.resetAt).toISOString() },
  search,
  node: async ({ id }: { id: string }, context: Context) => (await findSubject(context, id)).node(),
  user({ login }: { login: string }, { world }: Context) {
    const account = world.identities.byLogin(login);
    if (account?.type !== "User") throw new GraphqlFailure("NOT_FOUND", `Could not resolve to a User with the login of '${login}'.`);
    return actorNode(account, world.url);
  },
  async repository({ owner, name }: { owner: string; name: string }, context: Context) {
    const known = context.world.access.find(context.actor, `${owner}/${name}`);
    if (!known) throw new GraphqlFailure("NOT_FOUND", `Could not resolve to a Repository with the name '${owner}/${name}'.`);
    return repositoryNode(context, known);
  },
  ...mutations,
  ...discussionMutations,
  ...reviewMutations,
  ...checkMutations,
});

import { nodeId } from "../node-id.ts";
import type { Account } from "../resources.ts";
import type { Context } from "./context.ts";

/** An account as an author: GraphQL drops the "[bot]" that REST has in a bot's login. */
export function actorNode({ login, id, node_id, type }: Account, url: string) {
  const isBot = type === "Bot";
  const name = isBot ? login.replace(/\[bot\]$/, "") : login;
  return {
    __typename: isBot ? "Bot" : type,
    login: name,
    id: node_id,
    databaseId: id,
    url: `${url}/${isBot ? `apps/${name}` : name}`,
    avatarUrl: `${url}/avatars/u/${name}`,
  };
}

/** Who asks. GitHub's viewer is a User even for an App, under its full login. */
export function viewerNode({ world, actor }: Context) {
  const account = world.accounts.find(({ login }) => login === actor.login);
  return {
    __typename: "User",
    login: actor.login,
    id: account?.node_id ?? nodeId("User", actor.login),
    databaseId: account?.id ?? null,
    name: null,
    url: `${world.url}/${actor.login}`,
  };
}

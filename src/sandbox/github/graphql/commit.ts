import { Commit } from "../resources.ts";
import type { World } from "../world.ts";
import { rollupNode } from "./checks.ts";

export function commitNode(world: World, repository: string, { sha, node_id, html_url, commit }: Commit) {
  const [messageHeadline = ""] = commit.message.split("\n", 1);
  return {
    __typename: "Commit",
    id: node_id,
    oid: sha,
    abbreviatedOid: sha.slice(0, 7),
    message: commit.message,
    messageHeadline,
    url: html_url,
    commitUrl: html_url,
    committedDate: commit.committer.date,
    statusCheckRollup: () => rollupNode(world, repository, sha),
  };
}

/** The commit that a branch, tag or hash names, or null. */
export async function findCommit(world: World, repository: string, expression: string) {
  const path = encodeURIComponent(expression).replaceAll("%2F", "/");
  const commit = await world.emulated.read(Commit, `/repos/${repository}/commits/${path}`);
  return commit ? commitNode(world, repository, commit) : null;
}

import * as z from "zod";
import { Commit } from "../resources.ts";
import type { World } from "../world.ts";
import { actorNode } from "./account.ts";
import { pullsByCommit } from "./associated-pulls.ts";
import { checkSuitesOf } from "./check-suites.ts";
import { rollupNode } from "./checks.ts";
import { connectionOf, type PageArgs } from "./connection.ts";

export function commitNode(world: World, repository: string, given: Commit, pulls = pullsByCommit(world, repository)) {
  const { sha, node_id, html_url, commit } = given;
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
    author: authorNode(world, given),
    statusCheckRollup: () => rollupNode(world, repository, sha),
    checkSuites: checkSuitesOf(world, repository, sha),
    associatedPullRequests: pulls(sha),
    history: (args: HistoryArgs) => history(world, repository, sha, args),
  };
}

/** The commit that a branch, tag or hash names, or null. */
export async function findCommit(world: World, repository: string, expression: string) {
  const path = encodeURIComponent(expression).replaceAll("%2F", "/");
  const commit = await world.emulated.read(Commit, `/repos/${repository}/commits/${path}`);
  return commit ? commitNode(world, repository, commit) : null;
}

/** Whoever wrote it; a bot is nobody's user. */
function authorNode({ url }: World, { commit: { author }, author: account }: Commit) {
  const user = account?.type === "User" ? actorNode(account, url) : null;
  return { __typename: "GitActor", name: author.name, email: author.email, date: author.date, user };
}

interface HistoryArgs extends PageArgs {
  readonly path?: string | null;
  readonly author?: unknown;
  readonly since?: string | null;
  readonly until?: string | null;
}

const pageSize = 100;

/** The commit and those before it, newest first. */
async function history(world: World, repository: string, sha: string, { path, author, since, until, ...page }: HistoryArgs) {
  if ([path, author, since, until].some((one) => one != null)) throw new Error("The sandbox cannot choose from a history yet.");
  const commits: Commit[] = [];
  for (let number = 1; commits.length === (number - 1) * pageSize; number++) {
    const target = `/repos/${repository}/commits?sha=${sha}&per_page=${pageSize}&page=${number}`;
    commits.push(...((await world.emulated.read(z.array(Commit), target)) ?? []));
  }
  // The emulator goes by parents; GitHub by time.
  commits.sort((one, other) => other.commit.committer.date.localeCompare(one.commit.committer.date));
  const pulls = pullsByCommit(world, repository);
  const nodes = commits.map((commit) => commitNode(world, repository, commit, pulls));
  return connectionOf("history", nodes, page);
}

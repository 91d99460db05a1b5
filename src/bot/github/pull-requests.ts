import { z } from "zod";
import { UserError } from "../../errors.ts";
import { mostPullRequests, type OpenPullRequest, type PullRequests } from "../../pipeline/pull-requests.ts";
import type { GitHub, GitHubClient } from "./client.ts";
import { openPullRequests } from "./documents.ts";
import { toGitHubError } from "./errors.ts";
import { Counts, toCounts } from "./to-counts.ts";

const Rollup = z.object({ contexts: z.object({ checkRunCountsByState: Counts, statusContextCountsByState: Counts }) });

const Found = z.object({
  number: z.number(),
  title: z.string(),
  url: z.string(),
  updatedAt: z.string(),
  repository: z.object({ nameWithOwner: z.string() }),
  commits: z.object({ nodes: z.array(z.object({ commit: z.object({ oid: z.string(), statusCheckRollup: Rollup.nullable() }) })) }),
});
type Found = z.infer<typeof Found>;

const Answer = z.object({ search: z.object({ nodes: z.array(Found) }) });

/** A search names each of them, and GitHub takes only so long a search. */
const mostInOneSearch = 20;
const mostRepositories = 100;

/** Searches once an installation, and once more for every further twenty repositories. */
export function githubPullRequests(github: GitHub): PullRequests {
  return {
    async openBy(login, repositories) {
      const asked = repositories.slice(0, mostRepositories);
      const clients = await Promise.all(asked.map((repository) => clientOf(github, repository)));
      const byClient = Map.groupBy(asked, (_, index) => clients[index]);
      byClient.delete(undefined);
      const searches = [...byClient].flatMap(([client, some]) => inParts(some).map((part) => search(client as GitHubClient, login, part)));
      const found = await Promise.all(searches);
      return found
        .flat()
        .toSorted((one, other) => other.updatedAt.localeCompare(one.updatedAt))
        .slice(0, mostPullRequests)
        .map(toOpen);
    },
  };
}

const inParts = (repositories: readonly string[]): (readonly string[])[] =>
  Array.from({ length: Math.ceil(repositories.length / mostInOneSearch) }, (_, at) =>
    repositories.slice(at * mostInOneSearch, (at + 1) * mostInOneSearch),
  );

/** @returns undefined where the App is not installed */
async function clientOf(github: GitHub, repository: string): Promise<GitHubClient | undefined> {
  try {
    return await github.forRepository(repository);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

async function search({ query }: GitHubClient, login: string, repositories: readonly string[]): Promise<readonly Found[]> {
  const words = `is:pr is:open author:${login} sort:updated-desc ${repositories.map((each) => `repo:${each}`).join(" ")}`;
  try {
    return Answer.parse(await query(openPullRequests, { search: words, first: mostPullRequests })).search.nodes;
  } catch (error) {
    throw toGitHubError(error);
  }
}

function toOpen({ number, title, url, repository, commits }: Found): OpenPullRequest {
  const commit = commits.nodes[0]?.commit;
  const contexts = commit?.statusCheckRollup?.contexts;
  return {
    repository: repository.nameWithOwner,
    number,
    title,
    url,
    headSha: commit?.oid ?? "",
    counts: contexts ? toCounts(contexts) : {},
  };
}

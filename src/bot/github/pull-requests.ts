import { GraphqlResponseError } from "@octokit/graphql";
import { z } from "zod";
import { UserError } from "../../errors.ts";
import { mostPullRequests, type OpenPullRequest, type PullRequestEnd, type PullRequests } from "../../pipeline/pull-requests.ts";
import { isSameName } from "../../pipeline/same-name.ts";
import { coordinates, type GitHub, type GitHubClient } from "./client.ts";
import { openPullRequests } from "./documents/pipelines.ts";
import { pullRequestAuthor, pullRequestEnds, pullRequestNode, pullRequestsOfBranch } from "./documents/pull-requests.ts";
import { isNotFound, toGitHubError } from "./errors.ts";
import { find } from "./find.ts";
import { asOurs, OwnChecks, withoutOurs } from "./own-checks.ts";
import { Counts, toCounts } from "./to-counts.ts";

const Rollup = z.object({ contexts: z.object({ checkRunCountsByState: Counts, statusContextCountsByState: Counts }) });

const Found = z.object({
  number: z.number(),
  title: z.string(),
  url: z.string(),
  updatedAt: z.string(),
  repository: z.object({ nameWithOwner: z.string() }),
  commits: z.object({
    nodes: z.array(z.object({ commit: z.object({ oid: z.string(), ours: OwnChecks, statusCheckRollup: Rollup.nullable() }) })),
  }),
});
type Found = z.infer<typeof Found>;

const Node = z.object({ repository: z.object({ pullRequest: z.object({ id: z.string() }).nullable() }).nullable() });

const Author = z.object({ databaseId: z.number().nullish(), login: z.string().optional() }).nullable();
const Authored = z.object({ repository: z.object({ pullRequest: z.object({ author: Author }).nullable() }).nullable() });

const OfBranch = z.object({
  number: z.number(),
  headRefOid: z.string(),
  headRepository: z.object({ nameWithOwner: z.string() }).nullable(),
});
const OfBranches = z.object({
  repository: z.object({ pullRequests: z.object({ nodes: z.array(OfBranch.nullable()).nullable() }) }).nullable(),
});

const End = z.object({ state: z.enum(["OPEN", "CLOSED", "MERGED"]), mergedAt: z.string().nullable(), closedAt: z.string().nullable() });
type End = z.infer<typeof End>;
const Ends = z.object({ repository: z.record(z.string(), End.nullable()).nullable() });
const mostEnds = 100;

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
      const searches = [...byClient].flatMap(([client, some]) =>
        inParts(some, mostInOneSearch).map((part) => search(client as GitHubClient, login, part, github)),
      );
      const found = await Promise.all(searches);
      return found
        .flat()
        .toSorted((one, other) => other.updatedAt.localeCompare(one.updatedAt))
        .slice(0, mostPullRequests)
        .map(toOpen);
    },

    async idOf(repository, number) {
      const { query } = await github.forRepository(repository);
      try {
        return Node.parse(await query(pullRequestNode, { ...coordinates(repository), number })).repository?.pullRequest?.id;
      } catch (error) {
        if (isNotFound(error)) return undefined;
        throw toGitHubError(error);
      }
    },

    async authorOf(repository, number) {
      const found = await find(github, repository, pullRequestAuthor, { ...coordinates(repository), number }, Authored);
      const { databaseId, login } = found?.repository?.pullRequest?.author ?? {};
      return databaseId && login && !login.endsWith("[bot]") ? { id: databaseId, login } : undefined;
    },

    async ofHead(repository, { repository: headRepository, branch, sha }) {
      const found = await find(github, repository, pullRequestsOfBranch, { ...coordinates(repository), branch }, OfBranches);
      const nodes = found?.repository?.pullRequests.nodes ?? [];
      return nodes.find((one) => one?.headRefOid === sha && isSameName(headRepository, one.headRepository?.nameWithOwner))?.number;
    },

    async endsOf(repository, numbers) {
      const ends = new Map<number, PullRequestEnd>();
      for (const part of inParts(numbers, mostEnds)) {
        const found = await endsIn(github, repository, part);
        for (const [index, number] of part.entries()) {
          const end = found?.[`number${index}`];
          if (end) ends.set(number, toEnd(end));
        }
      }
      return ends;
    },
  };
}

const inParts = <T>(all: readonly T[], most: number): (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / most) }, (_, at) => all.slice(at * most, (at + 1) * most));

async function endsIn(github: GitHub, repository: string, numbers: readonly number[]): Promise<Record<string, End | null> | null> {
  const { query } = await github.forRepository(repository);
  const variables = Object.fromEntries(numbers.map((number, index) => [`number${index}`, number]));
  const answer: unknown = await query(pullRequestEnds(numbers.length), { ...coordinates(repository), ...variables }).catch(
    (error: unknown) => {
      // GitHub gives those that there are besides the error for each that there is not.
      if (isNotFound(error) && error instanceof GraphqlResponseError) return error.data;
      throw toGitHubError(error);
    },
  );
  return Ends.parse(answer ?? { repository: null }).repository;
}

function toEnd({ state, mergedAt, closedAt }: End): PullRequestEnd {
  const at = mergedAt ?? closedAt;
  return state === "OPEN" || at === null ? { how: "open" } : { how: state === "MERGED" ? "merged" : "closed", at: Date.parse(at) };
}

/** @returns undefined where the App is not installed */
async function clientOf(github: GitHub, repository: string): Promise<GitHubClient | undefined> {
  try {
    return await github.forRepository(repository);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

async function search({ query }: GitHubClient, login: string, repositories: readonly string[], github: GitHub): Promise<readonly Found[]> {
  const words = `is:pr is:open author:${login} sort:updated-desc ${repositories.map((each) => `repo:${each}`).join(" ")}`;
  try {
    return Answer.parse(await query(openPullRequests, { search: words, first: mostPullRequests, ...asOurs(github) })).search.nodes;
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
    counts: contexts ? withoutOurs(toCounts(contexts), commit?.ours) : {},
  };
}

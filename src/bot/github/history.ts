import { z } from "zod";
import { cached } from "../../pipeline/cached.ts";
import { commitsLookedAt, type JobHistory, type JobResult } from "../../pipeline/failures/history.ts";
import type { Keys } from "../../pipeline/keys.ts";
import { coordinates, type GitHub, inRepository } from "./client.ts";
import { branchResults, commitResults } from "./documents/history.ts";
import { GitHubError, toGitHubError } from "./errors.ts";
import { find } from "./find.ts";
import { inFlight } from "./in-flight.ts";
import { CommitResults, toJobResults } from "./to-job-results.ts";

/** Failures come in bursts, and what a branch did before changes slowly. */
const cachedForMs = 2 * 60_000;

const OfBranch = z.object({
  repository: z
    .object({
      ref: z
        .object({
          target: z.object({ history: z.object({ nodes: z.array(CommitResults.nullable()).nullable() }).optional() }).nullable(),
        })
        .nullable(),
    })
    .nullable(),
});

const OfCommit = z.object({
  repository: z.object({ object: z.union([CommitResults, z.object({ __typename: z.string() })]).nullable() }).nullable(),
});

const Comparison = z.object({ merge_base_commit: z.object({ sha: z.string() }) });

/** Reads results through GraphQL, which tells of many commits at once; where a head branched off only REST says of any two commits. */
export function githubHistory(github: GitHub, keys: Keys): JobHistory {
  const once = inFlight<JobResult[]>();
  const remembered = (key: string, ask: () => Promise<JobResult[]>) => once(key, () => cached<Plain[]>(keys, key, cachedForMs, ask));

  return {
    onBranch: (repository, branch, workflowId) =>
      remembered(`history:${repository}:${branch}:${workflowId}`, async () => {
        const variables = { ...coordinates(repository), ref: `refs/heads/${branch}`, commits: commitsLookedAt };
        const answer = await find(github, repository, branchResults, variables, OfBranch);
        const commits = answer?.repository?.ref?.target?.history?.nodes ?? [];
        return commits.flatMap((commit) => (commit ? toJobResults(commit, workflowId) : []));
      }),

    async atMergeBase(repository, branch, headSha, workflowId) {
      const sha = await mergeBase(github, repository, branch, headSha);
      if (sha === undefined) return undefined;
      const results = await remembered(`history:${repository}@${sha}:${workflowId}`, async () => {
        const commit = (await find(github, repository, commitResults, { ...coordinates(repository), oid: sha }, OfCommit))?.repository
          ?.object;
        return commit && "oid" in commit ? toJobResults(commit, workflowId) : [];
      });
      return { sha, results };
    },
  };
}

/** What is an interface the compiler does not take for JSON. */
type Plain = Pick<JobResult, keyof JobResult>;

/** The newest commit that both have; undefined where either is gone, or they have none. */
async function mergeBase(github: GitHub, repository: string, branch: string, headSha: string): Promise<string | undefined> {
  const { rest } = await github.forRepository(repository);
  try {
    // Of the commits between them none is wanted.
    const asked = { ...inRepository(repository), basehead: `${branch}...${headSha}`, per_page: 1 };
    return Comparison.parse((await rest.repos.compareCommitsWithBasehead(asked)).data).merge_base_commit.sha;
  } catch (error) {
    const failure = toGitHubError(error);
    if (failure instanceof GitHubError && failure.status === 404) return undefined;
    throw failure;
  }
}

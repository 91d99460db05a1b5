import { z } from "zod";
import type { Job, Pipeline, Pipelines } from "../../pipeline/pipelines.ts";
import { coordinates, type GitHub } from "./client.ts";
import { newestPullRequest, pullRequestPipeline, refPipeline } from "./documents/pipelines.ts";
import { find } from "./find.ts";
import { asOurs, isOurCheck, OwnChecks, withoutOurs } from "./own-checks.ts";
import { Counts, toCounts } from "./to-counts.ts";
import { toJob } from "./to-job.ts";

const Contexts = z.object({
  checkRunCountsByState: Counts,
  statusContextCountsByState: Counts,
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  nodes: z.array(z.record(z.string(), z.unknown()).nullable()).nullable(),
});
type Contexts = z.infer<typeof Contexts>;

const Commit = z.object({
  oid: z.string(),
  url: z.string(),
  ours: OwnChecks,
  statusCheckRollup: z.object({ contexts: Contexts }).nullable(),
});
type Commit = z.infer<typeof Commit>;

const PullRequestAnswer = z.object({
  repository: z
    .object({
      pullRequest: z
        .object({
          id: z.string(),
          number: z.number(),
          title: z.string(),
          url: z.string(),
          state: z.enum(["OPEN", "CLOSED", "MERGED"]),
          author: z.object({ login: z.string() }).nullable(),
          headRefName: z.string(),
          isCrossRepository: z.boolean(),
          commits: z.object({ nodes: z.array(z.object({ commit: Commit })) }),
        })
        .nullable(),
    })
    .nullable(),
});

const RefAnswer = z.object({
  repository: z
    .object({
      defaultBranchRef: z.object({ name: z.string() }).nullable(),
      object: z.union([Commit, z.object({ __typename: z.string() })]).nullable(),
    })
    .nullable(),
});

const Newest = z.object({ search: z.object({ nodes: z.array(z.object({ number: z.number().optional() })) }) });

/** Reads pipelines through GraphQL: one request, two when a commit has more than 100 checks. */
export function githubPipelines(github: GitHub): Pipelines {
  return {
    async ofPullRequest(repository, number, { allJobs = false } = {}) {
      const ask = async (after?: string) =>
        (
          await find(
            github,
            repository,
            pullRequestPipeline,
            { ...coordinates(repository), number, after, ...asOurs(github) },
            PullRequestAnswer,
          )
        )?.repository?.pullRequest ?? undefined;
      const pullRequest = await ask();
      const commit = pullRequest?.commits.nodes[0]?.commit;
      if (!pullRequest || !commit) return undefined;

      const { id: nodeId, title, url, state, author, headRefName: branch, isCrossRepository: isFork } = pullRequest;
      const checks = await checksOf(commit, allJobs, github, async (after) => (await ask(after))?.commits.nodes[0]?.commit);
      const subject = {
        kind: "pull_request",
        number,
        nodeId,
        title,
        url,
        state: pullRequestStates[state],
        author: author?.login ?? "ghost",
        branch,
        isFork,
      } as const;
      return { repository, headSha: commit.oid, headUrl: commit.url, subject, ...checks };
    },

    async ofRef(repository, ref, { allJobs = false } = {}) {
      const ask = async (after?: string) =>
        (
          await find(
            github,
            repository,
            refPipeline,
            { ...coordinates(repository), ref: ref ?? "HEAD", after, ...asOurs(github) },
            RefAnswer,
          )
        )?.repository ?? undefined;
      const answer = await ask();
      const commit = toCommit(answer?.object);
      if (!answer || !commit) return undefined;

      const checks = await checksOf(commit, allJobs, github, async (after) => toCommit((await ask(after))?.object));
      const branch = answer.defaultBranchRef?.name;
      const name = ref ?? branch ?? "HEAD";
      return {
        repository,
        headSha: commit.oid,
        headUrl: commit.url,
        subject: { kind: "ref", name },
        ...checks,
      };
    },

    async newestPullRequestBy(login, repository) {
      const search = `repo:${repository} is:pr is:open author:${login} sort:created-desc`;
      return (await find(github, repository, newestPullRequest, { search }, Newest))?.search.nodes[0]?.number;
    },
  };
}

const pullRequestStates = { OPEN: "open", CLOSED: "closed", MERGED: "merged" } as const;

function toCommit(object: Commit | { __typename: string } | null | undefined): Commit | undefined {
  return object && "oid" in object ? object : undefined;
}

/** A page holds 100. */
const fewPages = 2;
const mostPages = 10;

/** The counts are of all checks, the jobs of the first pages. */
async function checksOf(
  commit: Commit,
  allJobs: boolean,
  github: GitHub,
  next: (after: string) => Promise<Commit | undefined>,
): Promise<Pick<Pipeline, "counts" | "jobs">> {
  const first = commit.statusCheckRollup?.contexts;
  if (!first) return { counts: {}, jobs: [] };

  const jobs: Job[] = [];
  let page: Contexts | undefined = first;
  for (let left = allJobs ? mostPages : fewPages; page; left--) {
    jobs.push(...toJobs(page, github));
    const { hasNextPage, endCursor }: Contexts["pageInfo"] = page.pageInfo;
    page = left > 1 && hasNextPage && endCursor ? (await next(endCursor))?.statusCheckRollup?.contexts : undefined;
  }
  return { counts: withoutOurs(toCounts(first), commit.ours), jobs };
}

const toJobs = ({ nodes }: Contexts, github: GitHub): Job[] =>
  (nodes ?? []).flatMap((node) => (node && !isOurCheck(node, github) ? [toJob(node)] : []));

import { z } from "zod";
import type { Evidence } from "../../pipeline/phases/evidence.ts";
import { coordinates, type GitHub, inRepository } from "./client.ts";
import { objectsAt } from "./documents/repositories.ts";
import { GitHubError, isNotFound, toGitHubError } from "./errors.ts";
import { toRun } from "./to-run.ts";

/** Pull requests of forks whose branch has the same name are among the runs, and may be many. */
const pageSize = 100;

const Objects = z.object({
  repository: z.looseObject({ url: z.string() }).nullable(),
});
const Found = z.object({ __typename: z.string() }).nullish();

/** Paths through GraphQL, all in one request; runs through REST, because GraphQL does not list those of a branch. */
export function githubEvidence(github: GitHub): Evidence {
  return {
    async paths(repository, commitSha, paths) {
      const { query } = await github.forRepository(repository);
      const variables = Object.fromEntries(paths.map((path, index) => [`path${index}`, `${commitSha}:${path}`]));
      const answer = await query(objectsAt(paths.length), { ...coordinates(repository), ...variables })
        .then((data) => Objects.parse(data).repository)
        .catch((error: unknown) => {
          if (!isNotFound(error)) throw toGitHubError(error);
        });
      const pages = paths.flatMap((path, index): [string, string][] => {
        const found = Found.parse(answer?.[`path${index}`]);
        return found && answer ? [[path, pageOf(answer.url, commitSha, path, found.__typename)]] : [];
      });
      return new Map(pages);
    },

    async newestRun(repository, file, branch) {
      const { rest } = await github.forRepository(repository);
      const asked = { ...inRepository(repository), workflow_id: file, branch, per_page: pageSize };
      try {
        const { data } = await rest.actions.listWorkflowRuns(asked);
        const ofBranch = data.workflow_runs.map(toRun).filter(({ event }) => !event.startsWith("pull_request"));
        return ofBranch.toSorted((one, other) => other.id - one.id)[0];
      } catch (error) {
        const failure = toGitHubError(error);
        if (failure instanceof GitHubError && failure.status === 404) return undefined;
        throw failure;
      }
    },
  };
}

const pageOf = (repositoryUrl: string, commitSha: string, path: string, type: string): string =>
  `${repositoryUrl}/${type === "Tree" ? "tree" : "blob"}/${commitSha}/${path.split("/").map(encodeURIComponent).join("/")}`;

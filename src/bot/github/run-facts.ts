import { z } from "zod";
import type { RunFacts } from "../../pipeline/policy/facts.ts";
import { type GitHub, inRepository } from "./client.ts";
import { GitHubError, rethrow, toGitHubError } from "./errors.ts";

const pageSize = 100;
/** GitHub lists at most 3,000 files. */
const mostPages = 30;

const Files = z.array(z.object({ filename: z.string(), previous_filename: z.string().optional() }));
const CommitFiles = z.object({ files: Files.default([]) });
const Membership = z.object({ state: z.string() });

/** Looks up what channel policies ask beyond the run. Membership of teams needs the App's permission Members: read. */
export function githubRunFacts(github: GitHub): RunFacts {
  return {
    async changedFiles(repository, of) {
      const { rest } = await github.forRepository(repository);
      const where = inRepository(repository);
      const names: string[] = [];
      for (let page = 1; page <= mostPages; page++) {
        const files =
          "pullRequest" in of
            ? Files.parse(
                (await rest.pulls.listFiles({ ...where, pull_number: of.pullRequest, per_page: pageSize, page }).catch(rethrow)).data,
              )
            : CommitFiles.parse((await rest.repos.getCommit({ ...where, ref: of.commit, per_page: pageSize, page }).catch(rethrow)).data)
                .files;
        names.push(...files.flatMap(({ filename, previous_filename: before }) => (before === undefined ? [filename] : [filename, before])));
        if (files.length < pageSize) break;
      }
      return names;
    },

    async isInTeam(repository, team, login) {
      const [org = "", team_slug = ""] = team.split("/");
      const { rest } = await github.forRepository(repository);
      try {
        const { data } = await rest.teams.getMembershipForUserInOrg({ org, team_slug, username: login });
        return Membership.parse(data).state === "active";
      } catch (error) {
        const failure = toGitHubError(error);
        if (failure instanceof GitHubError && failure.status === 404) return false;
        throw failure;
      }
    },
  };
}

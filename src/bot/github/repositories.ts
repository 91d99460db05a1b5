import { z } from "zod";
import type { Repositories } from "../../pipeline/repositories.ts";
import { coordinates, type GitHub } from "./client.ts";
import { repositoryVisibility } from "./documents/repositories.ts";
import { isNotFound, toGitHubError } from "./errors.ts";

const Visibility = z.object({ repository: z.object({ isPrivate: z.boolean() }).nullable() });

/** Asks GitHub each time: an answer of a minute ago could let something private out. */
export function githubRepositories(github: GitHub): Repositories {
  return {
    async isPrivate(repository) {
      const { query } = await github.forRepository(repository);
      try {
        return Visibility.parse(await query(repositoryVisibility, coordinates(repository))).repository?.isPrivate;
      } catch (error) {
        if (isNotFound(error)) return undefined;
        throw toGitHubError(error);
      }
    },
  };
}

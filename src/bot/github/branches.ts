import { z } from "zod";
import { cached } from "../../pipeline/cached.ts";
import type { Branches } from "../../pipeline/failures/branches.ts";
import type { Keys } from "../../pipeline/keys.ts";
import { coordinates, type GitHub, inRepository } from "./client.ts";
import { defaultBranch } from "./documents/repositories.ts";
import { GitHubError, toGitHubError } from "./errors.ts";
import { find } from "./find.ts";
import { inFlight } from "./in-flight.ts";

const cachedForMs = 10 * 60_000;

const Default = z.object({ repository: z.object({ defaultBranchRef: z.object({ name: z.string() }).nullable() }).nullable() });
const Branch = z.object({ protected: z.boolean() });

/** Asks for protection through REST, which counts rulesets too. */
export function githubBranches(github: GitHub, keys: Keys): Branches {
  const once = inFlight<string | boolean>();
  const remembered = <T extends string | boolean>(key: string, ask: () => Promise<T>) =>
    once(key, () => cached<T>(keys, key, cachedForMs, ask)) as Promise<T>;

  return {
    async isProtected(repository, branch) {
      const main = await remembered(`default-branch:${repository}`, async () => {
        const found = await find(github, repository, defaultBranch, coordinates(repository), Default);
        return found?.repository?.defaultBranchRef?.name ?? "";
      });
      return branch === main || remembered(`protected:${repository}:${branch}`, () => isProtected(github, repository, branch));
    },
  };
}

async function isProtected(github: GitHub, repository: string, branch: string): Promise<boolean> {
  const { rest } = await github.forRepository(repository);
  try {
    return Branch.parse((await rest.repos.getBranch({ ...inRepository(repository), branch })).data).protected;
  } catch (error) {
    const failure = toGitHubError(error);
    if (failure instanceof GitHubError && failure.status === 404) return false;
    throw failure;
  }
}

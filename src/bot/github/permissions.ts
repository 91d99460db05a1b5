import { z } from "zod";
import type { GitHubAccount, Permissions, Role } from "../../pipeline/access.ts";
import { roles } from "../../pipeline/access.ts";
import { cached } from "../../pipeline/cached.ts";
import type { Keys } from "../../pipeline/keys.ts";
import { type GitHub, inRepository } from "./client.ts";
import { GitHubError, toGitHubError } from "./errors.ts";

/** A role that was taken away may be used this long. */
const cachedForMs = 10_000;

const Permission = z.object({
  permission: z.string(),
  role_name: z.string().optional(),
  user: z.object({ id: z.number() }).nullable(),
});

/** Asks GitHub for a person's role on a repository. */
export function githubPermissions(github: GitHub, keys: Keys): Permissions {
  return {
    roleOf: (account, repository) =>
      cached(keys, `role:${repository}:${account.id}`, cachedForMs, () => lookUp(github, account, repository)),
  };
}

async function lookUp(github: GitHub, account: GitHubAccount, repository: string): Promise<Role> {
  const { rest } = await github.forRepository(repository);
  try {
    const { data } = await rest.repos.getCollaboratorPermissionLevel({ ...inRepository(repository), username: account.login });
    const { role_name, permission, user } = Permission.parse(data);
    // The login may have been renamed and claimed by somebody else since: only the numeric id is who they are.
    if (user?.id !== account.id) return "none";
    return toRole(role_name) ?? toRole(permission) ?? "none";
  } catch (error) {
    const failure = toGitHubError(error);
    if (failure instanceof GitHubError && failure.status === 404) return "none";
    throw failure;
  }
}

/** `role_name` is exact, but may be an organisation's own role; the older `permission` then says which basic role it stands on. */
const toRole = (name: string | undefined): Role | undefined => roles.find((role) => role === name);

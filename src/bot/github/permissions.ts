import { z } from "zod";
import type { GitHubAccount, Permissions, Role } from "../../pipeline/access.ts";
import { roles } from "../../pipeline/access.ts";
import { cached } from "../../pipeline/cached.ts";
import type { Keys } from "../../pipeline/keys.ts";
import { type GitHub, type GitHubClient, inRepository } from "./client.ts";
import { GitHubError, toGitHubError } from "./errors.ts";

/** A role that was taken away may be used this long. */
const cachedForMs = 10_000;

const Permission = z.object({
  permission: z.string(),
  role_name: z.string().optional(),
  user: z.object({ id: z.number() }).nullable(),
});

const Account = z.object({ id: z.number(), login: z.string() });

/**
 * Asks GitHub for a person's role on a repository.
 *
 * @param onStrange told when nobody, or somebody else, has the account's login now
 */
export function githubPermissions(github: GitHub, keys: Keys, onStrange: (account: GitHubAccount) => Promise<unknown>): Permissions {
  return {
    roleOf: (account, repository) =>
      cached(keys, `role:${repository}:${account.id}`, cachedForMs, async () => {
        const { rest } = await github.forRepository(repository);
        const role = await lookUp(rest, account, repository);
        if (role !== undefined) return role;
        await onStrange(account);
        const renamed = await present(rest, account);
        return (renamed && (await lookUp(rest, renamed, repository))) ?? "none";
      }),
  };
}

/** @returns undefined when the login is not that of the account */
async function lookUp(rest: GitHubClient["rest"], account: GitHubAccount, repository: string): Promise<Role | undefined> {
  try {
    const { data } = await rest.repos.getCollaboratorPermissionLevel({ ...inRepository(repository), username: account.login });
    const { role_name, permission, user } = Permission.parse(data);
    // The login may have been renamed and claimed by somebody else since: only the numeric id is who they are.
    if (user?.id !== account.id) return undefined;
    return toRole(role_name) ?? toRole(permission) ?? "none";
  } catch (error) {
    const failure = toGitHubError(error);
    if (failure instanceof GitHubError && failure.status === 404) return undefined;
    throw failure;
  }
}

/** The account under the login that it has now; undefined when it is gone, or has this login still. */
async function present(rest: GitHubClient["rest"], { id, login }: GitHubAccount): Promise<GitHubAccount | undefined> {
  try {
    const found = Account.parse((await rest.users.getById({ account_id: id })).data);
    return found.login === login ? undefined : found;
  } catch (error) {
    const failure = toGitHubError(error);
    if (failure instanceof GitHubError && failure.status === 404) return undefined;
    throw failure;
  }
}

/** `role_name` is exact, but may be an organisation's own role; the older `permission` then says which basic role it stands on. */
const toRole = (name: string | undefined): Role | undefined => roles.find((role) => role === name);

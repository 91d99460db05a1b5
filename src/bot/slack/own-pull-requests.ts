import type { Settings } from "../../config/settings.ts";
import { type GitHubAccount, isAtLeast, type Role } from "../../pipeline/access.ts";
import type { OpenPullRequest } from "../../pipeline/pull-requests.ts";
import type { Services } from "../../services.ts";

/** Every repository that a channel is bound to. */
export const boundRepositories = ({ channels }: Settings): readonly string[] =>
  distinct(channels.flatMap(({ repositories }) => repositories));

/** GitHub's names ignore case. */
export const distinct = (repositories: readonly string[]): readonly string[] => [
  ...new Map(repositories.map((name) => [name.toLowerCase(), name])).values(),
];

/**
 * A person's own open pull requests in the bound repositories. Whoever opened one and lost access to the repository since may not read its
 * title any more.
 *
 * @throws ServiceError when GitHub cannot tell
 */
export async function ownPullRequests(
  account: GitHubAccount,
  settings: Settings,
  { pullRequests, permissions }: Pick<Services, "pullRequests" | "permissions">,
): Promise<readonly OpenPullRequest[]> {
  const opened = await pullRequests.openBy(account.login, boundRepositories(settings));
  const among = distinct(opened.map(({ repository }) => repository));
  const roles = await Promise.all(among.map(async (repository) => [repository, await permissions.roleOf(account, repository)] as const));
  return readableOf(opened, roles);
}

/** Those in repositories that the person may read. */
export function readableOf(
  opened: readonly OpenPullRequest[],
  roles: readonly (readonly [repository: string, role: Role | undefined])[],
): readonly OpenPullRequest[] {
  const readable = new Set(roles.filter(([, role]) => role && isAtLeast(role, "read")).map(([repository]) => repository.toLowerCase()));
  return opened.filter(({ repository }) => readable.has(repository.toLowerCase()));
}

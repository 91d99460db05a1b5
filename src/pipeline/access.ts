/** Roles on a repository, least first. Custom roles count as the one they are based on. */
export const roles = ["none", "read", "triage", "write", "maintain", "admin"] as const;
export type Role = (typeof roles)[number];

/** What a command asks for; `any` needs no role at all. */
export type NeededRole = "any" | "read" | "write" | "admin";

export function isAtLeast(held: Role, needed: NeededRole): boolean {
  return needed === "any" || roles.indexOf(held) >= roles.indexOf(needed);
}

/** An account on GitHub. The numeric id is the identity; the login is only how to look it up, because logins can be claimed by others. */
export interface GitHubAccount {
  readonly id: number;
  readonly login: string;
}

export interface Permissions {
  /**
   * The role that the account holds on the repository now (cached for seconds); "none" when it cannot see it.
   *
   * @throws ServiceError when it could not be looked up: that is neither yes nor no
   */
  roleOf(account: GitHubAccount, repository: string): Promise<Role>;
}

/** Somebody in Slack, by identifiers. */
export interface SlackPerson {
  readonly team: string;
  readonly user: string;
}

/** Who a Slack person is on GitHub, and the other way round. One person is one account. */
export interface Links {
  of(slackUser: string): Promise<GitHubAccount | undefined>;
  /** The id of the Slack person that the account of this numeric id belongs to. */
  slackUserOf(accountId: number): Promise<string | undefined>;
  readonly pinned: PinnedLinks;
}

/** The links that a maintainer wrote into the settings: they win over those that people made, and no command changes them. */
export interface PinnedLinks {
  of(slackUser: string): GitHubAccount | undefined;
  slackUserOf(accountId: number): string | undefined;
}

/** The accounts on GitHub. */
export interface Accounts {
  /**
   * The account of this numeric id under its present login; undefined when there is none any more.
   *
   * @throws ServiceError when GitHub cannot tell
   */
  find(id: number): Promise<GitHubAccount | undefined>;
}

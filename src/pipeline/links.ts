import type { GitHubAccount, SlackPerson } from "./access.ts";

/** A link that a person made. */
export interface StoredLink {
  readonly person: SlackPerson;
  readonly account: GitHubAccount;
  /** Milliseconds since the epoch. */
  readonly linkedAt: number;
  /** When GitHub last said that the account is there. */
  readonly checkedAt: number;
}

/** The links that people made. A person has at most one account and an account at most one person. */
export interface LinkBook {
  find(slackUser: string): Promise<StoredLink | undefined>;
  findByAccount(accountId: number): Promise<StoredLink | undefined>;
  /** Takes the place of the person's earlier link. Throws when the account is another person's: look before. */
  put(link: StoredLink): Promise<void>;
  /** false when there was none. */
  remove(slackUser: string): Promise<boolean>;
  /** Those whose account was not looked at for the longest time, at most `limit`. */
  leastRecentlyChecked(limit: number): Promise<readonly StoredLink[]>;
}

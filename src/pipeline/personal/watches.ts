import type { GitHubAccount } from "../access.ts";

/** Somebody wants to hear, in private, what becomes of a pull request. */
export interface Watch {
  /** Id of the person in Slack. */
  readonly person: string;
  readonly repository: string;
  readonly number: number;
  /** Who they are on GitHub, where it is known. */
  readonly account?: GitHubAccount;
  /** The channel in Slack in which they asked, where that is bound to the repository and so lets them read it. */
  readonly channel?: string;
  readonly headSha: string;
  /** What they were told of this head. */
  readonly told: readonly ("verdict" | "dequeued")[];
}

export interface Watches {
  /** Adds it or writes it anew: one for each person and pull request. */
  put(watch: Watch): Promise<void>;
  find(person: string, repository: string, number: number): Promise<Watch | undefined>;
  /** Those of a pull request; GitHub's names ignore case, and so does this. */
  ofPullRequest(repository: string, number: number): Promise<readonly Watch[]>;
  ofHead(repository: string, headSha: string): Promise<readonly Watch[]>;
  /** The pull requests that are watched, at most `limit`. */
  pullRequests(limit: number): Promise<readonly { readonly repository: string; readonly number: number }[]>;
  /** false when there was none. */
  remove(person: string, repository: string, number: number): Promise<boolean>;
}

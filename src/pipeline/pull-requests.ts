import type { GitHubAccount } from "./access.ts";
import type { Pipeline } from "./pipelines.ts";

/** An open pull request, and how far the jobs of its head are. */
export interface OpenPullRequest extends Pick<Pipeline, "repository" | "headSha" | "counts"> {
  readonly number: number;
  readonly title: string;
  readonly url: string;
}

export interface PullRequests {
  /**
   * The open pull requests that this login opened in these repositories, the one that moved last first, at most ten. One request for every
   * twenty repositories of one installation, for a hundred repositories at most; a repository that we cannot see has none.
   *
   * @throws ServiceError when GitHub cannot be asked
   */
  openBy(login: string, repositories: readonly string[]): Promise<readonly OpenPullRequest[]>;
  /**
   * Its node id, by which it is commented on; undefined where there is none that we may see.
   *
   * @throws ServiceError when GitHub cannot be asked, and UserError when the bot may not
   */
  idOf(repository: string, number: number): Promise<string | undefined>;
  /**
   * Who opened it; undefined for a bot, and for who is no more.
   *
   * @throws ServiceError when GitHub cannot be asked, and UserError when the bot may not
   */
  authorOf(repository: string, number: number): Promise<GitHubAccount | undefined>;
  /**
   * The number of the open one whose head that is: GitHub's runs do not tell where the branch lies in a fork.
   *
   * @throws ServiceError when GitHub cannot be asked, and UserError when the bot may not
   */
  ofHead(
    repository: string,
    head: { readonly repository: string; readonly branch: string; readonly sha: string },
  ): Promise<number | undefined>;
  /**
   * How these ended, one request for every hundred; without those that are not there.
   *
   * @throws ServiceError when GitHub cannot be asked, and UserError when the bot may not
   */
  endsOf(repository: string, numbers: readonly number[]): Promise<ReadonlyMap<number, PullRequestEnd>>;
}

/** When, in milliseconds since the epoch. A closed one was not merged. */
export type PullRequestEnd = { readonly how: "open" } | { readonly how: "merged" | "closed"; readonly at: number };

/** How many `openBy` gives. */
export const mostPullRequests = 10;

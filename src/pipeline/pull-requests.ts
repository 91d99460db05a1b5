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
}

/** How many `openBy` gives. */
export const mostPullRequests = 10;

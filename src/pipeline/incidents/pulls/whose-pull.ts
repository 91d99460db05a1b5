import type { Services } from "../../../services.ts";
import type { GitHubAccount } from "../../access.ts";
import type { FinishedRun } from "../../policy/finished-run.ts";
import { pullRequestId } from "../../pull-request-id.ts";
import { isSameName } from "../../same-name.ts";

export type WhoseNeeds = Pick<Services, "records" | "pullRequests" | "links" | "permissions">;

/** Where a pull request is commented on, and whom it is told to in private. */
export interface Whose {
  readonly subjectId?: string;
  /** Its author in Slack, where they are linked and may read it; a bot never is. */
  readonly slackUser?: string;
}

/** A run, as far as it tells of which pull request it is. */
export type OfHead = Pick<FinishedRun, "repository" | "event" | "headRepository" | "branch" | "headSha" | "pullRequest">;

/**
 * The run with the number of its pull request: GitHub leaves it out where the branch lies in a fork.
 *
 * @throws ServiceError or UserError when GitHub cannot be asked
 */
export async function withPull<Run extends OfHead>(
  run: Run,
  { records, pullRequests }: Pick<WhoseNeeds, "records" | "pullRequests">,
): Promise<Run> {
  const { repository, event, headRepository, branch, headSha } = run;
  if (run.pullRequest !== undefined || !event.startsWith("pull_request") || isSameName(headRepository, repository)) return run;
  const key = `pull-of-head:${repository.toLowerCase()}:${headRepository.toLowerCase()}:${branch}:${headSha}`;
  const known = await records.transaction(({ notes }) => notes.find<number>(key));
  const pullRequest = known ?? (await pullRequests.ofHead(repository, { repository: headRepository, branch, sha: headSha }));
  if (pullRequest === undefined) return run;
  if (known === undefined) await records.transaction(({ notes }) => notes.put(key, pullRequest));
  return { ...run, pullRequest };
}

/** @throws ServiceError or UserError when GitHub cannot be asked */
export async function whosePull(
  { repository, isPrivate, number }: { readonly repository: string; readonly isPrivate: boolean; readonly number: number },
  needs: WhoseNeeds,
): Promise<Whose> {
  const { links, permissions } = needs;
  const subjectId = await pullRequestId(repository, number, needs);
  const author = await authorOf(repository, number, needs);
  const slackUser = author && (await links.slackUserOf(author.id));
  // Who was let go of a private repository hears no more of what stands in its logs.
  const maySee = slackUser !== undefined && (!isPrivate || (await permissions.roleOf(author as GitHubAccount, repository)) !== "none");
  return { ...(subjectId !== undefined && { subjectId }), ...(maySee && { slackUser }) };
}

/** Nobody becomes the author of another's pull request, so it is asked for once. */
async function authorOf(repository: string, number: number, { records, pullRequests }: WhoseNeeds): Promise<GitHubAccount | undefined> {
  const key = `pull-request-author:${repository.toLowerCase()}#${number}`;
  const known = await records.transaction(({ notes }) => notes.find<GitHubAccount>(key));
  if (known) return known;
  const author = await pullRequests.authorOf(repository, number);
  if (author) await records.transaction(({ notes }) => notes.put(key, { ...author }));
  return author;
}

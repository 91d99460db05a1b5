import type { Services } from "../services.ts";

/**
 * GitHub's node id of a pull request, which never changes and so is asked for once.
 *
 * @returns undefined where there is no such pull request
 * @throws ServiceError or UserError when GitHub cannot be asked
 */
export async function pullRequestId(
  repository: string,
  number: number,
  { pullRequests, records }: Pick<Services, "pullRequests" | "records">,
): Promise<string | undefined> {
  const key = `pull-request-id:${repository.toLowerCase()}#${number}`;
  const known = await records.transaction(({ notes }) => notes.find<string>(key));
  if (known !== undefined) return known;

  const found = await pullRequests.idOf(repository, number);
  if (found !== undefined) await records.transaction(({ notes }) => notes.put(key, found));
  return found;
}

import type { Teller } from "../../pipeline/usage/import/told.ts";
import type { Basis } from "../../pipeline/usage/usage.ts";
import { accountName } from "../account-name.ts";

/** What the person says of all requests of an import. */
export interface Said {
  readonly basis: Basis;
  readonly actor?: string;
  readonly repository?: string;
  readonly pr?: number;
}

/**
 * What is said counts first; in a workflow of GitHub's the rest is known, elsewhere only whose machine it is.
 *
 * @param variables those of GitHub Actions are looked at
 * @param now milliseconds since the epoch
 */
export function tellerOf(
  { basis, actor, repository, pr }: Said,
  variables: Readonly<Record<string, string | undefined>>,
  now: number,
): Teller {
  const actions = variables.GITHUB_ACTIONS === "true" ? variables : {};
  const [, pull] = /^refs\/pull\/(\d{1,9})\/merge$/.exec(actions.GITHUB_REF ?? "") ?? [];
  const isOther = repository !== undefined && repository.toLowerCase() !== actions.GITHUB_REPOSITORY?.toLowerCase();
  const where = repository ?? actions.GITHUB_REPOSITORY;
  // The number and the run are the workflow's: they mean nothing in another repository.
  const pullRequest = pr ?? (pull === undefined || isOther ? undefined : Number(pull));
  const runId = /^\d{1,15}$/.test(actions.GITHUB_RUN_ID ?? "") && !isOther ? Number(actions.GITHUB_RUN_ID) : undefined;
  const who = actor ?? actions.GITHUB_ACTOR ?? accountName();
  return {
    basis,
    now,
    ...(where && { repository: where }),
    ...(pullRequest !== undefined && { pullRequest }),
    ...(runId !== undefined && { runId }),
    ...(who && { actor: who }),
  };
}

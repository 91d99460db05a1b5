import type { Teller } from "../../pipeline/usage/import/told.ts";
import type { Basis } from "../../pipeline/usage/usage.ts";
import { accountName } from "../account-name.ts";
import { actionsOrigin } from "../actions-origin.ts";

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
  const actions = actionsOrigin(variables);
  const isOther = repository !== undefined && repository.toLowerCase() !== actions.repository?.toLowerCase();
  // The numbers and the commit are the workflow's: they mean nothing in another repository.
  const { pullRequest, runId, attempt, headSha } = isOther ? {} : actions;
  const where = repository ?? actions.repository;
  const number = pr ?? pullRequest;
  const who = actor ?? actions.actor ?? accountName();
  return {
    basis,
    now,
    ...(where && { repository: where }),
    ...(number !== undefined && { pullRequest: number }),
    ...(runId !== undefined && { runId }),
    ...(attempt !== undefined && { attempt }),
    ...(headSha !== undefined && { headSha }),
    ...(who && { actor: who }),
  };
}

import { ServiceError, UserError } from "../../errors.ts";
import type { PullRequests } from "../pull-requests.ts";
import type { Ledger, UsageSum } from "../usage/ledger.ts";
import type { Period } from "./period.ts";

/** How long before its end a pull request's usage may lie. */
const lookBackMs = 90 * 24 * 60 * 60_000;
/** Of so many, the dearest, GitHub is asked how they ended. */
const mostAsked = 300;

/** What the pull requests cost, from their beginning on, that were merged or given up in a period. */
export interface EndedPulls {
  readonly merged: readonly UsageSum[];
  /** Closed without being merged. */
  readonly abandoned: readonly UsageSum[];
  /** Pull requests of which it is not known how they stand. */
  readonly unknown: number;
}

/** What the pull requests cost that may have ended in the period: by `owner/name#12`. */
export const pullsBefore = ({ until }: Period, ledger: Pick<Ledger, "sums">): Promise<readonly UsageSum[]> =>
  ledger.sums({ since: until - lookBackMs, until }, ["pr"]);

/**
 * Asks how they ended, once for each repository and hundred of them.
 *
 * @throws ServiceError when GitHub cannot be asked just now
 */
export async function endedPulls(
  pulls: readonly UsageSum[],
  { since, until }: Period,
  pullRequests: Pick<PullRequests, "endsOf">,
): Promise<EndedPulls> {
  const named = pulls.flatMap((sum) => toNamed(sum) ?? []);
  const asked = named.slice(0, mostAsked);
  const merged: UsageSum[] = [];
  const abandoned: UsageSum[] = [];
  let unknown = named.length - asked.length;
  for (const [repository, some] of Map.groupBy(asked, (one) => one.repository)) {
    const ends = await orUnseen(() =>
      pullRequests.endsOf(
        repository,
        some.map(({ number }) => number),
      ),
    );
    for (const { number, sum } of some) {
      const end = ends?.get(number);
      if (end === undefined) unknown += 1;
      else if (end.how !== "open" && since <= end.at && end.at < until) (end.how === "merged" ? merged : abandoned).push(sum);
    }
  }
  return { merged, abandoned, unknown };
}

function toNamed(sum: UsageSum): { repository: string; number: number; sum: UsageSum } | undefined {
  const [, repository, number] = /^([\w.-]+\/[\w.-]+)#(\d{1,9})$/.exec(sum.group[0] ?? "") ?? [];
  return repository === undefined || number === undefined ? undefined : { repository, number: Number(number), sum };
}

/** A repository that we may not see says nothing of the others. */
async function orUnseen<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof UserError || (error instanceof ServiceError && !error.retryable)) return undefined;
    throw error;
  }
}

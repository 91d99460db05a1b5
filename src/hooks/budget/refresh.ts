import { ServiceError, UserError } from "../../errors.ts";
import { reachedIn } from "../../machine/budget/reached.ts";
import { ledgerOf } from "../../machine/spool/ledger-of.ts";
import { answered, rest } from "../../pipeline/sessions/drain.ts";
import type { KeptStandings } from "../../pipeline/sessions/standings.ts";
import type { Context } from "../context.ts";

/**
 * Asks the ledger how the budgets stand that the session counts against, and keeps it for those who have no time to ask.
 *
 * @returns undefined when it did not answer within that time
 */
export async function refreshStandings(context: Context, withinMs: number): Promise<KeptStandings | undefined> {
  const { session, repository, pullRequest } = context.origin();
  if (session === undefined) return undefined;
  const asked = { session, ...(repository !== undefined && pullRequest !== undefined && { repository, pullRequest }) };
  try {
    const ledger = await ledgerOf({ ...context.place, variables: context.variables });
    const reached = reachedIn(await ledger.standings(asked, withinMs), asked);
    const at = context.now();
    context.journal().standings.keep(session, reached, at);
    answered(context.journal(), at);
    return { at, reached };
  } catch (error) {
    if (!(error instanceof UserError || error instanceof ServiceError)) throw error;
    rest(context.journal(), error, context.now());
    return undefined;
  }
}

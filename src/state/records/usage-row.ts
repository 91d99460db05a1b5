import type { Insertable } from "kysely";
import type { LedgerEntry } from "../../pipeline/usage/ledger.ts";
import { precedenceOf } from "../../pipeline/usage/precedence.ts";
import type { UsageTables } from "./usage-tables.ts";

export type UsageRow = Insertable<UsageTables["usage_entries"]>;

/** `is_covered` is decided by what else is in the ledger. */
export function toUsageRow(entry: LedgerEntry): UsageRow {
  const { tokens } = entry;
  return {
    id: entry.id,
    at: entry.at,
    provider: entry.provider,
    model: entry.model,
    service: entry.service,
    basis: entry.basis,
    session: entry.session ?? null,
    repository: entry.repository ?? null,
    repository_key: entry.repository?.toLowerCase() ?? null,
    pull_request: entry.pullRequest ?? null,
    run_id: entry.runId ?? null,
    attempt: entry.attempt ?? null,
    head_sha: entry.headSha ?? null,
    phase: entry.phase ?? null,
    actor: entry.actor ?? null,
    uncached_in: tokens.uncachedIn,
    cache_read: tokens.cacheRead,
    cache_write_5m: tokens.cacheWrite5m,
    cache_write_1h: tokens.cacheWrite1h,
    out: tokens.out,
    reasoning: tokens.reasoning,
    cost_pico: entry.costPico ?? null,
    priced_by: entry.pricedBy,
    reservation: entry.reservation ?? null,
    sum_of: entry.sumOf ?? null,
    is_covered: 0,
    precedence: precedenceOf(entry),
  };
}

import { type Expression, type ExpressionBuilder, type SqlBool, sql } from "kysely";
import type { RunnerQuery, RunnerSpend } from "../../pipeline/runner-minutes/runner-minutes.ts";
import type { RecordTables } from "./tables.ts";
import { joined, part } from "./usage-sums.ts";

export type SpendRow = Readonly<Record<string, number | string | null>>;

const msOf = (basis: string) => sql<number>`COALESCE(SUM(CASE WHEN basis = ${sql.lit(basis)} THEN billed_ms END), 0)`;

/** What `toSpend` reads. */
export const spendColumns = [
  msOf("priced").as("priced"),
  msOf("free").as("free"),
  msOf("unpriced").as("unpriced"),
  sql<number>`COALESCE(SUM(cost_pico / ${sql.lit(part)}), 0)`.as("high"),
  sql<number>`COALESCE(SUM(cost_pico % ${sql.lit(part)}), 0)`.as("low"),
] as const;

export const toSpend = (row: SpendRow): RunnerSpend => ({
  pricedMs: Number(row.priced),
  freeMs: Number(row.free),
  unpricedMs: Number(row.unpriced),
  costPico: joined(row.high, row.low),
});

/** When the jobs ended, and where. */
export const fits =
  ({ since, until, repository }: RunnerQuery) =>
  (row: ExpressionBuilder<RecordTables, "runner_jobs">): Expression<SqlBool> =>
    row.and([
      ...(since === undefined ? [] : [row("runner_jobs.ended_at", ">=", since)]),
      ...(until === undefined ? [] : [row("runner_jobs.ended_at", "<", until)]),
      ...(repository === undefined ? [] : [row("runner_jobs.repository_key", "=", repository.toLowerCase())]),
    ]);

export function dearestFirst(one: RunnerSpend, other: RunnerSpend): number {
  const difference = other.costPico - one.costPico;
  if (difference !== 0n) return difference > 0n ? 1 : -1;
  return wholeMs(other) - wholeMs(one);
}

const wholeMs = ({ pricedMs, freeMs, unpricedMs }: RunnerSpend): number => pricedMs + freeMs + unpricedMs;

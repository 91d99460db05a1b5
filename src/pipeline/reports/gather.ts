import { createHash } from "node:crypto";
import type { Transaction } from "../records.ts";
import type { Ledger, UsageSum } from "../usage/ledger.ts";
import { pullsBefore } from "./ended-pulls.ts";
import { incidentsIn } from "./incidents-in.ts";
import { type Period, periodBefore } from "./period.ts";
import type { ReportData } from "./report.ts";
import { usageIn } from "./usage-in.ts";

/** What our own books know of a period. */
export interface Gathered extends Omit<ReportData, "pulls" | "roi"> {
  /** The pull requests that may have ended in it, by what they cost. */
  readonly candidates: readonly UsageSum[];
}

/**
 * @param zone where days begin
 * @param repositories those whose failures are followed
 */
export async function gather(
  period: Period,
  { zone, repositories }: { readonly zone: string; readonly repositories: readonly string[] },
  { ledger, incidents, runnerMinutes }: Pick<Transaction, "ledger" | "incidents" | "runnerMinutes">,
): Promise<Gathered> {
  const unpriced = await ledger.unpriced(period);
  const [onRunners] = await runnerMinutes.sums(period, []);
  // Minutes without a price are not free.
  const isPriced = onRunners !== undefined && onRunners.pricedMs + onRunners.freeMs > 0;
  return {
    now: await usageIn(period, ledger),
    before: await usageIn(periodBefore(period, zone), ledger),
    days: await ledger.sums(period, ["day", "model"], zone),
    unpriced: [...new Set(unpriced.map(({ model }) => model))],
    runnerPico: isPriced ? onRunners.costPico : undefined,
    candidates: await pullsBefore(period, ledger),
    incidents: await incidentsIn(period, repositories, incidents),
  };
}

/** Changes when usage of the period or of the one before came late; undefined where there is none in it. */
export async function printOf(period: Period, zone: string, ledger: Pick<Ledger, "sums">): Promise<string | undefined> {
  const now = await ledger.sums(period, ["model", "basis"]);
  if (now.length === 0) return undefined;
  const before = await ledger.sums(periodBefore(period, zone), ["model", "basis"]);
  const sums = JSON.stringify([now, before], (_, value: unknown) => (typeof value === "bigint" ? `${value}` : value));
  return createHash("sha256").update(sums).digest("hex");
}

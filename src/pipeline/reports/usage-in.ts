import type { Ledger, UsageQuery, UsageSum } from "../usage/ledger.ts";
import type { Basis } from "../usage/usage.ts";

/** By what a report looks for what moved. Sessions are new in each period, so that nothing is said by their moving. */
export const moverKeys = ["model", "service", "phase", "pr", "actor"] as const;
export type MoverKey = (typeof moverKeys)[number];
type ReportKey = MoverKey | "session";

/** What was used in a period. */
export interface UsageIn {
  /** Absent where there was nothing. */
  readonly whole: UsageSum | undefined;
  readonly by: Readonly<Record<ReportKey, readonly UsageSum[]>>;
  readonly ofBasis: Readonly<Record<Basis, UsageSum | undefined>>;
}

/** @param query the period, and what else narrows it */
export async function usageIn(query: UsageQuery, ledger: Pick<Ledger, "sums">): Promise<UsageIn> {
  const [whole] = await ledger.sums(query, []);
  const by: Partial<Record<ReportKey, readonly UsageSum[]>> = {};
  for (const key of [...moverKeys, "session"] as const) by[key] = await ledger.sums(query, [key]);
  const bases = await ledger.sums(query, ["basis"]);
  const basis = (name: Basis) => bases.find(({ group }) => group[0] === name);
  return {
    whole,
    by: by as Record<ReportKey, readonly UsageSum[]>,
    ofBasis: { metered: basis("metered"), subscription: basis("subscription"), free: basis("free") },
  };
}

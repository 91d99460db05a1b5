import type { UsageSum } from "../usage/ledger.ts";
import type { PicoUsd } from "../usage/money.ts";
import { allTokens } from "../usage/usage.ts";

/**
 * In what a report counts: what was billed by the request; or, where all was paid by subscriptions, what it would have cost at list prices.
 * The two are never added up.
 */
export type Measure = "metered" | "subscription";

export const measureOf = (sums: readonly UsageSum[]): Measure =>
  sums.some(({ costPico }) => costPico.metered > 0n) || !sums.some(({ costPico }) => costPico.subscription > 0n)
    ? "metered"
    : "subscription";

export const amountIn = (measure: Measure, sum: UsageSum | undefined): PicoUsd => sum?.costPico[measure] ?? 0n;

export const tokensOf = (sum: UsageSum | undefined): number => (sum ? allTokens(sum.tokens) : 0);

import { tokensOf } from "../../pipeline/reports/measure.ts";
import { nameOf } from "../../pipeline/reports/name-of.ts";
import { counted, countInWords, tokensInWords } from "../../pipeline/reports/words.ts";
import type { UsageKey, UsageSum } from "../../pipeline/usage/ledger.ts";
import { showUsd, sumOf } from "../../pipeline/usage/money.ts";
import type { Table } from "../../reply.ts";

const mostRows = 10;

/** Sums by one key, the dearest first. */
export function usageTable(sums: readonly UsageSum[], key: UsageKey, heading: string, secrets: readonly string[]): Table {
  const rows = sums.slice(0, mostRows).map((sum) => ({
    cells: [
      nameOf(key, sum.group[0], secrets),
      costWords([sum]),
      counted(sum.requests, "request"),
      `${tokensInWords(tokensOf(sum))} tokens`,
    ],
  }));
  const left = sums.slice(mostRows);
  const more = left.length > 0 ? { more: `and ${countInWords(left.length)} more: ${costWords(left)}` } : {};
  return { kind: "table", columns: [heading, "Cost", "Requests", "Tokens"], rows, ...more };
}

/** What was billed, what a subscription paid, and what has no price: three things that are never added up. What nobody pays is no $0.00. */
function costWords(sums: readonly UsageSum[]): string {
  const [metered, subscription] = (["metered", "subscription"] as const).map((basis) => sumOf(sums.map(({ costPico }) => costPico[basis])));
  const unpriced = sums.reduce((all, { unpricedTokens }) => all + unpricedTokens, 0);
  const isAll = unpriced > 0 && sums.every((sum) => sum.unpricedTokens === tokensOf(sum));
  const words = [
    ...(metered ? [showUsd(metered)] : []),
    ...(subscription ? [`${showUsd(subscription)} by subscription`] : []),
    ...(unpriced === 0 ? [] : [isAll ? "no price known" : "partly no price known"]),
  ];
  return words.join(", ") || "free";
}

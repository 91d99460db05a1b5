import { toCsvCell } from "../../commands/csv-cell.ts";
import { exactUsd } from "../../pipeline/usage/money.ts";
import type { Amount } from "./add-up.ts";
import { limited } from "./limited.ts";
import type { UsageReport } from "./report.ts";

const columns = [
  ...["since", "until", "zone"],
  ...["requests", "uncached_in", "cache_read", "cache_write_5m", "cache_write_1h", "out", "reasoning", "unpriced_tokens"],
  ...["metered_usd", "subscription_usd", "free_usd"],
];

/** For spreadsheets (RFC 4180, with a header, and without a total, which they make themselves); amounts have every digit. */
export function toCsv({ by, groups, span, zone }: UsageReport, limit: number): string {
  const { rows, others } = limited(groups, limit);
  const when = [new Date(span.since).toISOString(), new Date(span.until).toISOString(), zone];
  const lines = [
    [by, ...columns],
    ...rows.map((group) => [group.name ?? null, ...when, ...toCells(group)]),
    ...(others ? [[`${others.count} others`, ...when, ...toCells(others)]] : []),
  ];
  return lines.map((line) => `${line.map(toCsvCell).join(",")}\r\n`).join("");
}

const toCells = ({ requests, tokens, unpricedTokens, costPico }: Amount): readonly (string | number)[] => [
  ...[requests, tokens.uncachedIn, tokens.cacheRead, tokens.cacheWrite5m, tokens.cacheWrite1h, tokens.out, tokens.reasoning],
  unpricedTokens,
  ...[exactUsd(costPico.metered), exactUsd(costPico.subscription), exactUsd(costPico.free)],
];

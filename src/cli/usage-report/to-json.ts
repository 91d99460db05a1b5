import { exactUsd } from "../../pipeline/usage/money.ts";
import { type Amount, pricedTokens } from "./add-up.ts";
import { limited } from "./limited.ts";
import type { UsageReport } from "./report.ts";
import type { Span } from "./span.ts";

/** For programs: amounts are decimals of US dollars with every digit, as text; moments are ISO 8601. */
export function toJson({ span, zone, source, by, groups, total, byBasis, unpriced, previous, burn }: UsageReport, limit: number): string {
  const { rows, others } = limited(groups, limit);
  const report = {
    span: { ...toSpan(span), zone },
    source,
    groupBy: by,
    groups: rows.map(({ name, ...amount }) => ({ [by]: name ?? null, ...toAmount(amount) })),
    others: others ? { groups: others.count, ...toAmount(others) } : null,
    total: toAmount(total),
    byBasis: { metered: toAmount(byBasis.metered), subscription: toAmount(byBasis.subscription), free: toAmount(byBasis.free) },
    coverage: { pricedTokens: pricedTokens(total), unpricedTokens: total.unpricedTokens, unpriced },
    previous: { ...toSpan(previous.span), meteredUsd: exactUsd(previous.meteredPico) },
    burn: {
      perDayUsd: exactUsd(burn.perDayPico),
      lastDayUsd: burn.lastDayPico === undefined ? null : exactUsd(burn.lastDayPico),
      lastHourUsd: burn.lastHourPico === undefined ? null : exactUsd(burn.lastHourPico),
    },
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

const toSpan = ({ since, until }: Span) => ({ since: new Date(since).toISOString(), until: new Date(until).toISOString() });

const toAmount = ({ requests, tokens, unpricedTokens, costPico }: Amount) => ({
  requests,
  tokens,
  unpricedTokens,
  costUsd: { metered: exactUsd(costPico.metered), subscription: exactUsd(costPico.subscription), free: exactUsd(costPico.free) },
});

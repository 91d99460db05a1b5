import { z } from "zod";
import { scopeInWords, subjectInWords } from "../../pipeline/budgets/in-words.ts";
import type { BudgetStanding } from "../../pipeline/budgets/standing.ts";
import { exactUsd, parseUsd } from "../../pipeline/usage/money.ts";

export const budgetPath = "/v1/budget";

const usd = z.string().refine((text) => parseUsd(text) !== undefined, "is no amount of money");

/** What `GET /v1/budget` answers; money is in decimals with every digit, moments are as 2026-11-23T12:00:00.000Z. */
export const BudgetAnswer = z.object({
  zone: z.string(),
  budgets: z.array(
    z.object({
      /** `session`, `pull request`, `hour`, `day`, `month` */
      scope: z.string(),
      name: z.string(),
      from: z.iso.datetime().optional(),
      until: z.iso.datetime().optional(),
      warningUsd: usd,
      limitUsd: usd,
      spentUsd: usd,
      /** Kept for calls under way: so much more may come. */
      reservedUsd: usd,
      /** Models of which no price is known: what they cost is in no amount. */
      unpriced: z.array(z.object({ model: z.string(), tokens: z.int() })),
      forecastUsd: usd.optional(),
      spentUpAt: z.iso.datetime().optional(),
      override: z.object({ by: z.string(), reason: z.string(), until: z.iso.datetime() }).optional(),
    }),
  ),
});
export type BudgetAnswer = z.infer<typeof BudgetAnswer>;

export function toBudgetAnswer(standings: readonly BudgetStanding[], zone: string): BudgetAnswer {
  return { zone, budgets: standings.map((one) => onTheWire(one, zone)) };
}

function onTheWire(standing: BudgetStanding, zone: string): BudgetAnswer["budgets"][number] {
  const { budget, spentPico, reservedPico, unpriced, forecastPico, spentUpAt, override } = standing;
  const { subject, threshold } = budget;
  return {
    scope: scopeInWords(subject.scope),
    name: subjectInWords(subject, zone),
    ...("period" in subject && { from: iso(subject.period.start), until: iso(subject.period.end) }),
    warningUsd: exactUsd(threshold.warningPico),
    limitUsd: exactUsd(threshold.criticalPico),
    spentUsd: exactUsd(spentPico),
    reservedUsd: exactUsd(reservedPico),
    unpriced: [...unpriced],
    ...(forecastPico !== undefined && { forecastUsd: exactUsd(forecastPico) }),
    ...(spentUpAt !== undefined && { spentUpAt: iso(spentUpAt) }),
    ...(override && { override: { by: override.by, reason: override.reason, until: iso(override.until) } }),
  };
}

const iso = (at: number): string => new Date(at).toISOString();

import { z } from "zod";
import type { Ledger, UsageKey, UsageQuery, UsageSum } from "../../pipeline/usage/ledger.ts";
import { usageKeys } from "../../pipeline/usage/ledger.ts";
import { exactUsd, parseUsd } from "../../pipeline/usage/money.ts";
import { allTokens, bases, providers, type Tokens } from "../../pipeline/usage/usage.ts";

export const usagePath = "/v1/usage";

const count = z.int().min(0);
const usd = z.string().transform((text, { addIssue }) => {
  const pico = parseUsd(text);
  if (pico !== undefined) return pico;
  addIssue({ code: "custom", message: "is no amount of money" });
  return z.NEVER;
});
const moment = z.iso.datetime().transform((text) => Date.parse(text));

const Sum = z
  .object({
    /** A value for each key asked for, in their order; null where the requests do not say. */
    group: z.array(z.string().nullable()),
    requests: count,
    sessions: count,
    tokens: z.object({ uncachedIn: count, cacheRead: count, cacheWrite5m: count, cacheWrite1h: count, out: count, reasoning: count }),
    /** Decimals with every digit. */
    costUsd: z.record(z.enum(bases), usd),
    unpricedTokens: count,
    firstAt: moment,
    lastAt: moment,
  })
  .transform(({ group, costUsd: costPico, ...sum }): UsageSum => ({ ...sum, costPico, group: group.map((value) => value ?? undefined) }));

/** What `GET /v1/usage` answers; parsed, the money is exact and moments are milliseconds since the epoch. */
export const UsageAnswer = z.object({
  zone: z.string(),
  by: z.array(z.enum(usageKeys)),
  sums: z.array(Sum),
  /** For what share of the tokens the money speaks. */
  coverage: z.object({
    requests: count,
    tokens: count,
    unpricedTokens: count,
    unpriced: z.array(z.object({ model: z.string(), provider: z.enum(providers), tokens: count, requests: count })),
    lastAt: moment.optional(),
  }),
});
export type UsageAnswer = z.output<typeof UsageAnswer>;

export interface Asked {
  readonly query: UsageQuery;
  readonly by: readonly UsageKey[];
  readonly zone: string;
}

/** Sums and coverage of the same moment, when the ledger is a transaction's. */
export async function toUsageAnswer({ query, by, zone }: Asked, ledger: Ledger): Promise<z.input<typeof UsageAnswer>> {
  const sums = await ledger.sums(query, by, zone);
  const { requests, lastAt } = await ledger.count(query);
  return {
    zone,
    by: [...by],
    sums: sums.map(onTheWire),
    coverage: {
      requests,
      tokens: sums.reduce((tokens, sum) => tokens + allTokens(sum.tokens), 0),
      unpricedTokens: sums.reduce((tokens, sum) => tokens + sum.unpricedTokens, 0),
      unpriced: [...(await ledger.unpriced(query))],
      ...(lastAt !== undefined && { lastAt: iso(lastAt) }),
    },
  };
}

function onTheWire({ group, costPico, tokens, firstAt, lastAt, ...sum }: UsageSum) {
  const { metered, subscription, free } = costPico;
  return {
    group: group.map((value) => value ?? null),
    ...sum,
    tokens: { ...tokens } satisfies Tokens,
    costUsd: { metered: exactUsd(metered), subscription: exactUsd(subscription), free: exactUsd(free) },
    firstAt: iso(firstAt),
    lastAt: iso(lastAt),
  };
}

const iso = (at: number): string => new Date(at).toISOString();

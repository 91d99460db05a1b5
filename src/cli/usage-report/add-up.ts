import type { UsageTotal } from "../../pipeline/usage/ledger.ts";
import type { PicoUsd } from "../../pipeline/usage/money.ts";
import { allTokens, type Basis, type Tokens } from "../../pipeline/usage/usage.ts";

/** What requests come to: exact, so that parts always add up to their whole. */
export interface Amount {
  readonly requests: number;
  readonly tokens: Tokens;
  readonly costPico: Readonly<Record<Basis, PicoUsd>>;
  readonly unpricedTokens: number;
}

const nothing: Amount = {
  requests: 0,
  tokens: { uncachedIn: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, out: 0, reasoning: 0 },
  costPico: { metered: 0n, subscription: 0n, free: 0n },
  unpricedTokens: 0,
};

export function addUp(amounts: readonly (Amount | UsageTotal)[]): Amount {
  return amounts.reduce<Amount>(
    (sum, { requests, tokens, costPico, unpricedTokens }) => ({
      requests: sum.requests + requests,
      tokens: {
        uncachedIn: sum.tokens.uncachedIn + tokens.uncachedIn,
        cacheRead: sum.tokens.cacheRead + tokens.cacheRead,
        cacheWrite5m: sum.tokens.cacheWrite5m + tokens.cacheWrite5m,
        cacheWrite1h: sum.tokens.cacheWrite1h + tokens.cacheWrite1h,
        out: sum.tokens.out + tokens.out,
        reasoning: sum.tokens.reasoning + tokens.reasoning,
      },
      costPico: {
        metered: sum.costPico.metered + costPico.metered,
        subscription: sum.costPico.subscription + costPico.subscription,
        free: sum.costPico.free + costPico.free,
      },
      unpricedTokens: sum.unpricedTokens + unpricedTokens,
    }),
    nothing,
  );
}

/** Tokens of which the cost is known. */
export const pricedTokens = ({ tokens, unpricedTokens }: Amount): number => allTokens(tokens) - unpricedTokens;

/** Which money a report shows for each of its parts. */
export interface Money {
  readonly label: "Cost" | "List price";
  of(amount: Amount): PicoUsd;
}

/** What was billed by the request; where nothing was, what a subscription's requests would have cost. */
export const moneyIn = ({ costPico: { metered, subscription } }: Amount): Money =>
  metered === 0n && subscription > 0n
    ? { label: "List price", of: ({ costPico }) => costPico.subscription }
    : { label: "Cost", of: ({ costPico }) => costPico.metered };

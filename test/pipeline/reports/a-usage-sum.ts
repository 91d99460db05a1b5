import type { UsageSum } from "../../../src/pipeline/usage/ledger.ts";
import { parseUsd } from "../../../src/pipeline/usage/money.ts";

export const usd = (amount: string): bigint => parseUsd(amount) ?? 0n;

type Changes = Partial<Omit<UsageSum, "costPico" | "tokens">> & {
  readonly costPico?: Partial<UsageSum["costPico"]>;
  readonly tokens?: Partial<UsageSum["tokens"]>;
};

/** A thousand tokens, of which 600 were read from a cache, for a dollar. */
export const aSum = ({ costPico, tokens, ...changes }: Changes = {}): UsageSum => ({
  group: [],
  requests: 10,
  sessions: 2,
  tokens: { uncachedIn: 200, cacheRead: 600, cacheWrite5m: 100, cacheWrite1h: 0, out: 100, reasoning: 0, ...tokens },
  costPico: { metered: usd("1"), subscription: 0n, free: 0n, ...costPico },
  unpricedTokens: 0,
  firstAt: 0,
  lastAt: 0,
  ...changes,
});

/** A group of one name, for so many dollars. */
export const aGroup = (name: string | undefined, amount: string): UsageSum => aSum({ group: [name], costPico: { metered: usd(amount) } });

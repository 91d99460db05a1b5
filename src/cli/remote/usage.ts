import { z } from "zod";
import { ServiceError } from "../../errors.ts";
import type { UsageKey, UsageQuery, UsageSum } from "../../pipeline/usage/ledger.ts";
import { parseUsd } from "../../pipeline/usage/money.ts";
import type { UsageSource } from "../usage-report/source.ts";
import { askBot, type Remote } from "./client.ts";

const count = z.number().int().nonnegative();
const usd = z.string().transform((typed, context) => {
  const pico = parseUsd(typed);
  if (pico !== undefined) return pico;
  context.addIssue({ code: "custom", message: "is no amount" });
  return z.NEVER;
});

/** What `GET /v1/usage` answers. */
const UsageAnswer = z.object({
  sums: z.array(
    z.object({
      group: z.array(z.string().nullable()),
      requests: count,
      sessions: count,
      tokens: z.object({ uncachedIn: count, cacheRead: count, cacheWrite5m: count, cacheWrite1h: count, out: count, reasoning: count }),
      costUsd: z.object({ metered: usd, subscription: usd, free: usd }),
      unpricedTokens: count,
      firstAt: z.number(),
      lastAt: z.number(),
    }),
  ),
});

/** The ledger of a bot that runs elsewhere. */
export function remoteSource(remote: Remote): UsageSource {
  const sums = (query: UsageQuery, by: readonly UsageKey[], zone = "UTC") => askForSums(remote, query, by, zone);
  return {
    name: remote.url,
    sums,
    meteredPico: async (query) => (await sums(query, []))[0]?.costPico.metered ?? 0n,
    async unpriced(query) {
      const models = (await sums(query, ["model"])).map(({ group, unpricedTokens }) => ({ model: group[0] ?? "", tokens: unpricedTokens }));
      return models.filter(({ tokens }) => tokens > 0).toSorted((one, other) => other.tokens - one.tokens);
    },
    close: () => {},
  };
}

async function askForSums(remote: Remote, query: UsageQuery, by: readonly UsageKey[], zone: string): Promise<readonly UsageSum[]> {
  const { since, until } = query;
  const asked = new URLSearchParams({
    ...(since !== undefined && { since: new Date(since).toISOString() }),
    ...(until !== undefined && { until: new Date(until).toISOString() }),
    by: by.join(","),
    zone,
  });
  const read = UsageAnswer.safeParse(await askBot(remote, `/v1/usage?${asked}`));
  if (!read.success)
    throw new ServiceError(`The bot at ${remote.url} answers in a way that this version does not know: are both of the same version?`, {
      service: "the bot",
      retryable: false,
      cause: read.error,
    });
  return read.data.sums.map(({ group, costUsd, ...sum }) => ({ ...sum, group: group.map((each) => each ?? undefined), costPico: costUsd }));
}

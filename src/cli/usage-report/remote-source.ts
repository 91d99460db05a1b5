import { UsageAnswer, usagePath } from "../../bot/events/usage-wire.ts";
import { askBot, type Remote } from "../../machine/remote/client.ts";
import type { UsageKey, UsageQuery } from "../../pipeline/usage/ledger.ts";
import type { UsageSource } from "./source.ts";

/** The ledger of a bot that runs elsewhere. Its questions are not of one moment, as a state file's are. */
export function remoteSource(remote: Remote): UsageSource {
  const ask = (query: UsageQuery, by: readonly UsageKey[] = [], zone?: string) => askForUsage(remote, query, by, zone);
  return {
    name: remote.url,
    sums: async (query, by, zone) => (await ask(query, by, zone)).sums,
    meteredPico: async (query) => (await ask(query)).sums[0]?.costPico.metered ?? 0n,
    unpriced: async (query) => (await ask(query)).coverage.unpriced,
    close: () => {},
  };
}

function askForUsage(remote: Remote, { since, until }: UsageQuery, by: readonly UsageKey[], zone = "UTC"): Promise<UsageAnswer> {
  const asked = new URLSearchParams({
    ...(since !== undefined && { since: new Date(since).toISOString() }),
    ...(until !== undefined && { until: new Date(until).toISOString() }),
    ...(by.length > 0 && { by: by.join(",") }),
    zone,
  });
  return askBot(remote, UsageAnswer, { path: `${usagePath}?${asked}` });
}

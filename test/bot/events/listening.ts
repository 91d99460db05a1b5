import { pino } from "pino";
import { budgetRoute } from "../../../src/bot/events/budget-route.ts";
import { eventsRoute } from "../../../src/bot/events/route.ts";
import { usageRoute } from "../../../src/bot/events/usage-route.ts";
import { serve } from "../../../src/bot/http-server.ts";
import { reviewRulesOf } from "../../../src/config/ai/reviews.ts";
import { Ai, designLimitsOf } from "../../../src/config/ai.ts";
import { timings } from "../../../src/pipeline/incidents/timings.ts";
import type { Records } from "../../../src/pipeline/records.ts";
import type { Ledger, UsageSum } from "../../../src/pipeline/usage/ledger.ts";
import type { PriceBook } from "../../../src/pipeline/usage/price-book.ts";
import { Secret } from "../../../src/secret.ts";
import { openEmbedded } from "../../../src/state/embedded/open.ts";

export const now = Date.parse("2026-11-23T12:00:00Z");
export const [token, oldToken] = ["new-token-of-more-than-32-characters", "old-token-of-more-than-32-characters"];
const log = pino({ level: "silent" });

/** Sonnet at $3 in and $15 out a million, and $10 a session. */
const priceBook: PriceBook = {
  lastUpdated: "2026-11-23",
  models: [
    {
      name: "claude-sonnet-4-5",
      provider: "anthropic",
      aliases: [],
      prices: [
        {
          from: Date.parse("2025-09-29"),
          source: "https://docs.claude.com/pricing",
          uncachedIn: 3_000_000n,
          cacheRead: 300_000n,
          cacheWrite5m: 3_750_000n,
          cacheWrite1h: 6_000_000n,
          out: 15_000_000n,
        },
      ],
      limits: {},
    },
  ],
  thresholds: { session: { warningPico: 5n * 10n ** 12n, criticalPico: 10n * 10n ** 12n } },
  isAlerting: true,
};

export interface Listening extends AsyncDisposable {
  readonly url: string;
  readonly records: Records;
  /** Posts events, and gives the answer. */
  post(body: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** Posts events, which have to be taken, and gives the results. */
  tell(...events: readonly unknown[]): Promise<readonly Result[]>;
  get(search: string, bearer?: string): Promise<Response>;
  total(): Promise<UsageSum | undefined>;
  ledger<T>(work: (ledger: Ledger) => Promise<T>): Promise<T>;
}

export interface Result {
  readonly index: number;
  readonly id?: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly leftUsd?: string;
  readonly retryAt?: string;
}

/** The routes on real state in memory, behind a real server. */
export async function listen({
  tokens = [token, oldToken],
  records,
}: {
  readonly tokens?: readonly string[];
  readonly records?: Records;
} = {}): Promise<Listening> {
  const state = await openEmbedded({ file: ":memory:", now: () => now });
  const services = {
    records: records ?? state.records,
    priceBook,
    money: { zone: "UTC" },
    timings,
    channels: { of: () => undefined },
    designLimits: designLimitsOf(Ai.parse({})),
    reviewRules: (repository: string) => reviewRulesOf([], repository),
    secrets: ["sk-hidden-1234", token],
    now: () => now,
  };
  const options = { tokens: tokens.map((each) => new Secret(each)), services, log };
  const server = await serve([eventsRoute(options), usageRoute(options), budgetRoute(options)], { host: "127.0.0.1", port: 0, log });
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const post: Listening["post"] = (body, more = {}) =>
    fetch(`${server.url}/v1/events`, {
      method: "POST",
      headers: { ...headers, ...more },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  const ledger: Listening["ledger"] = (work) => state.records.transaction((tx) => work(tx.ledger));
  return {
    url: server.url,
    records: state.records,
    post,
    async tell(...events) {
      const response = await post({ events });
      if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
      return ((await response.json()) as { results: readonly Result[] }).results;
    },
    get: (search, bearer = token) => fetch(`${server.url}/v1/usage${search}`, { headers: { authorization: `Bearer ${bearer}` } }),
    total: () => ledger(async (one) => (await one.sums({}, []))[0]),
    ledger,
    async [Symbol.asyncDispose]() {
      await server.close();
      await state.close();
    },
  };
}

/** A request for $0.0045, as Anthropic tells of it. */
export const aUsage = (changes: object = {}) => ({
  type: "usage",
  id: "anthropic:msg_1",
  at: "2026-11-23T11:59:00Z",
  provider: "anthropic",
  model: "claude-sonnet-4-5",
  service: "claude-code",
  tokens: { input_tokens: 1_000, output_tokens: 100 },
  session: "s1",
  ...changes,
});

export const aReserve = (changes: object = {}) => ({
  type: "reserve",
  id: "r1",
  service: "claude-code",
  model: "claude-sonnet-4-5",
  estimateUsd: "4",
  session: "s1",
  ...changes,
});

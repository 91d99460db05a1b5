import { ask } from "../../../src/pipeline/ai/ask.ts";
import type { Asked, Asking } from "../../../src/pipeline/ai/asked.ts";
import type { StoredAsk } from "../../../src/pipeline/ai/asks.ts";
import type { Channel } from "../../../src/pipeline/ai/channel.ts";
import type { Prompt } from "../../../src/pipeline/ai/prompt.ts";
import { createExpire } from "../../../src/pipeline/budgets/expire.ts";
import type { Reservation } from "../../../src/pipeline/budgets/reservation.ts";
import { timings } from "../../../src/pipeline/incidents/timings.ts";
import type { Transaction } from "../../../src/pipeline/records.ts";
import { parseUsd } from "../../../src/pipeline/usage/money.ts";
import { emptyBook, type PriceBook, type PricedModel, type TokenPrices } from "../../../src/pipeline/usage/price-book.ts";
import type { Services } from "../../../src/services.ts";
import { openEmbedded } from "../../../src/state/embedded/open.ts";
import { aProvider } from "./a-provider.ts";

export const usd = (amount: string): bigint => parseUsd(amount) ?? 0n;

export interface Word {
  readonly word: string;
}

/** Asks for a word. */
export const aPrompt = (changes: Partial<Prompt<Word>> = {}): Prompt<Word> => ({
  purpose: "design",
  version: 1,
  instructions: "Say a word.",
  data: "the data",
  schema: { type: "object" },
  read: (answer) => (typeof (answer as Word | null)?.word === "string" ? (answer as Word) : undefined),
  ...changes,
});

/** A token out costs a dollar, one in nothing, so that amounts are easy to read. */
export const aModel = (name: string, changes: Partial<PricedModel> = {}, prices: Partial<TokenPrices> = {}): PricedModel => ({
  name,
  provider: "openai",
  aliases: [],
  prices: [
    {
      from: 0,
      source: "https://example.org",
      uncachedIn: 0n,
      cacheRead: 0n,
      cacheWrite5m: 0n,
      cacheWrite1h: 0n,
      out: usd("1"),
      ...prices,
    },
  ],
  limits: {},
  ...changes,
});

export const aBook = (changes: Partial<PriceBook> = {}): PriceBook => ({
  ...emptyBook,
  models: [aModel("old"), aModel("new")],
  thresholds: { day: { warningPico: usd("80"), criticalPico: usd("100") } },
  ...changes,
});

export const aChannel = (changes: Partial<Channel> = {}): Channel => ({
  name: "o3",
  providers: [aProvider()],
  models: [{ id: "old" }, { id: "new" }],
  deadlineMs: 60_000,
  mostOut: 10,
  ...changes,
});

export interface World {
  now: number;
  channel: Channel | undefined;
  readonly services: Pick<Services, "channels" | "records" | "keys" | "priceBook" | "money" | "timings" | "secrets" | "now">;
  /** Fails all that is written from the n-th transaction on, or nothing. */
  failFrom: number | undefined;
  ask(prompts?: readonly Prompt<Word>[], asking?: Partial<Asking>): Promise<Asked<Word>>;
  tx<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** All money of the ledger. */
  spent(): Promise<bigint>;
  requests(): Promise<number>;
  reservation(id: string): Promise<Reservation | undefined>;
  stored(id?: string): Promise<StoredAsk | undefined>;
  /** The job that ends a reservation whose time is over. */
  expire(id: string): Promise<void>;
  close(): Promise<void>;
}

/** The asking core on a real embedded state. */
export async function startWorld(channel = aChannel(), book = aBook(), file = ":memory:"): Promise<World> {
  const state = await openEmbedded({ file });
  let count = 0;
  const services: World["services"] = {
    channels: { of: (name) => (name === world.channel?.name ? world.channel : undefined) },
    records: {
      async transaction(work) {
        if (world.failFrom !== undefined && --world.failFrom < 0) throw new Error("The database is down.");
        return state.records.transaction(work);
      },
    },
    keys: state.keys,
    priceBook: book,
    money: { zone: "UTC" },
    timings,
    secrets: ["the-secret-of-the-bot"],
    now: () => world.now,
  };
  const world: World = {
    now: Date.parse("2026-11-23T12:00:00Z"),
    channel,
    services,
    failFrom: undefined,
    ask: (prompts = [aPrompt()], asking = {}) => ask(prompts, { id: `ask:${++count}`, channel: "o3", ...asking }, services),
    tx: (work) => state.records.transaction(work),
    spent: () => world.tx(({ ledger }) => ledger.meteredPico({})),
    requests: async () => (await world.tx(({ ledger }) => ledger.count({}))).requests,
    reservation: (id) => world.tx(({ reservations }) => reservations.find(id)),
    stored: (id = "ask:1") => world.tx(({ asks }) => asks.find(id)),
    expire: (id) => createExpire(services)({ id: "", task: "", payload: { id }, attempt: 1, signal: new AbortController().signal }),
    close: () => state.close(),
  };
  return world;
}

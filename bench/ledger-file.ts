import { DatabaseSync } from "node:sqlite";
import type { LedgerEntry } from "../src/pipeline/usage/ledger.ts";
import type { Provider } from "../src/pipeline/usage/usage.ts";
import { openEmbedded } from "../src/state/embedded/open.ts";
import { toUsageRow } from "../src/state/records/usage-row.ts";

const dayMs = 24 * 3_600_000;
const days = 90;
const requestsOfSession = 150;

/** One in forty has no price. */
const models: readonly (readonly [Provider, string, bigint])[] = [
  ["anthropic", "claude-opus-4-5", 5_000_000n],
  ["anthropic", "claude-sonnet-4-5", 3_000_000n],
  ["anthropic", "claude-haiku-4-5", 1_000_000n],
  ["openai", "o3", 2_000_000n],
  ["google", "gemini-2.5-pro", 1_250_000n],
];

/** A state file with so many requests of the last 90 days: the rows that an append makes, put in by one statement for the sake of time. */
export async function fillLedger(file: string, count: number, now: number): Promise<void> {
  await (await openEmbedded({ file })).close();
  const database = new DatabaseSync(file);
  database.exec("PRAGMA synchronous = OFF; BEGIN");
  const first = toUsageRow(anEntry(0, count, now));
  const columns = Object.keys(first) as (keyof typeof first)[];
  const insert = database.prepare(`INSERT INTO usage_entries (${columns.join()}) VALUES (${columns.map(() => "?").join()})`);
  for (let at = 0; at < count; at += 1) {
    const row = toUsageRow(anEntry(at, count, now));
    insert.run(...columns.map((column) => row[column] ?? null));
  }
  database.exec("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
  database.close();
}

function anEntry(at: number, count: number, now: number): LedgerEntry {
  const random = mixed(at);
  const session = Math.floor(at / requestsOfSession);
  const pull = mixed(session) % 400;
  const [provider, model, price] = models[random % models.length] ?? models[0] ?? ["other", "none", 0n];
  const isUnpriced = random % 40 === 0;
  const tokens = {
    ...{ uncachedIn: random % 500, cacheRead: random % 50_000, cacheWrite5m: random % 4_000, cacheWrite1h: 0 },
    ...{ out: random % 2_000, reasoning: random % 100 },
  };
  return {
    ...{ id: `${provider}:msg_${String(at).padStart(20, "0")}`, at: now - days * dayMs + Math.floor((at / count) * days * dayMs) },
    ...{
      provider,
      model: isUnpriced ? "a-new-model" : model,
      service: "claude-code",
      basis: random % 10 === 1 ? "subscription" : "metered",
    },
    ...{ session: `${String(session).padStart(8, "0")}-2222-4333-8444-555555555555`, tokens, runId: 1_000_000 + session },
    ...{ repository: "acme/shop", pullRequest: pull, phase: `phase-${pull % 5}`, actor: `person-${pull % 30}` },
    ...(isUnpriced
      ? { pricedBy: "unpriced" }
      : { costPico: BigInt(tokens.uncachedIn + tokens.out * 5) * price, pricedBy: `${model}@2026-01-01` }),
  };
}

/** A number that looks like chance and is the same each time. */
const mixed = (seed: number): number => (Math.imul(seed ^ (seed >>> 15), 0x2c1b3c6d) ^ Math.imul(seed + 0x9e3779b9, 0x297a2d39)) >>> 3;

import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { emptyBook } from "../../src/pipeline/usage/price-book.ts";
import { toEntry } from "../../src/pipeline/usage/to-entry.ts";
import type { Usage } from "../../src/pipeline/usage/usage.ts";
import { openEmbedded } from "../../src/state/embedded/open.ts";
import { startBotProcess } from "../bot-process.ts";
import type { Row } from "../row.ts";
import { apiToken } from "../secrets.ts";
import type { Size } from "../size.ts";
import { toMeasured } from "../statistics.ts";
import type { Stage } from "../targets.ts";
import { perSecond, ratio, spread } from "../words.ts";

/** A batch and how many of them are under way at once. */
const kinds = [
  { figure: "`/v1/events`: rows stored, 1,000 a batch, 2 connections", batch: 1_000, connections: 2 },
  { figure: "`/v1/events`: rows stored, 1 a batch, 10 connections", batch: 1, connections: 10 },
] as const;
type Kind = (typeof kinds)[number];

const mostRounds = 3;
const longestMs = 1_000;

/** Rows taken over HTTP by the bot and stored durably, against the same rows written into the same ledger, and nothing else. */
export async function measureEvents(stage: Stage, { rounds, warmMs, measureMs }: Size): Promise<readonly Row[]> {
  const measured = kinds.map((kind) => ({ kind, ours: [] as number[], floor: [] as number[] }));
  const span = { warmMs: warmMs / 4, measureMs: Math.min(measureMs, longestMs) };
  for (let round = 0; round < Math.min(rounds, mostRounds); round += 1) {
    const [ours, floor] = [await overHttp(stage, span), await directly(stage, span)];
    for (const [index, each] of measured.entries()) {
      each.ours.push(ours[index] ?? 0);
      each.floor.push(floor[index] ?? 0);
    }
  }
  return measured.map(({ kind, ours, floor }) => {
    const [mine, theirs] = [toMeasured(ours), toMeasured(floor)];
    return {
      figure: kind.figure,
      ours: spread(mine, perSecond),
      peer: `ledger alone ${spread(theirs, perSecond)}`,
      ratio: ratio(mine, theirs),
    };
  });
}

interface Span {
  readonly warmMs: number;
  readonly measureMs: number;
}

/** The rows a second of each kind, of a bot with new state. */
async function overHttp({ folder, standIn }: Stage, span: Span): Promise<readonly number[]> {
  standIn.setLatency(0);
  await using bot = await startBotProcess(join(folder, `events-${Date.now()}`), standIn.url);
  const headers = { "content-type": "application/json", authorization: `Bearer ${apiToken}` };
  const rows = new Rows();
  const rates = await inTurn(rows, span, async (usages) => {
    const events = usages.map((usage) => ({ type: "usage", ...usage, tokens: { style: "disjoint", ...usage.tokens } }));
    const response = await fetch(`${bot.url}/v1/events`, { method: "POST", headers, body: JSON.stringify({ events }) });
    const { counts } = (await response.json()) as { counts: { recorded: number } };
    if (counts.recorded !== usages.length) throw new Error(`Of ${usages.length} events ${counts.recorded} were recorded.`);
  });
  await bot[Symbol.asyncDispose]();
  assertStored(bot.stateFile, rows.taken);
  return rates;
}

/** The same, of a ledger with new state in this process. */
async function directly({ folder }: Stage, span: Span): Promise<readonly number[]> {
  const state = await openEmbedded({ file: join(folder, `ledger-${Date.now()}`, "nextrust.db") });
  const rates = await inTurn(new Rows(), span, async (usages) => {
    await state.records.transaction((tx) => tx.ledger.append(usages.map((usage) => toEntry(usage, emptyBook))));
  });
  await state.close();
  return rates;
}

type Send = (usages: readonly Usage[]) => Promise<void>;

async function inTurn(rows: Rows, span: Span, send: Send): Promise<readonly number[]> {
  const rates: number[] = [];
  for (const kind of kinds) rates.push(await rateOf(kind, rows, span, send));
  return rates;
}

/** Sends batch after batch on every connection, and gives the rows a second after warming up. */
async function rateOf({ batch, connections }: Kind, rows: Rows, { warmMs, measureMs }: Span, send: Send): Promise<number> {
  const from = performance.now() + warmMs;
  let [stored, endedAt] = [0, from];
  const sendAll = async () => {
    while (performance.now() < from + measureMs) {
      const isCounted = performance.now() >= from;
      await send(rows.take(batch));
      if (!isCounted) continue;
      stored += batch;
      endedAt = performance.now();
    }
  };
  await Promise.all(Array.from({ length: connections }, sendAll));
  return stored / ((endedAt - from) / 1000);
}

/** Requests of which no two are the same. */
class Rows {
  taken = 0;

  take(count: number): readonly Usage[] {
    this.taken += count;
    return Array.from({ length: count }, (_, index) => aUsage(this.taken - index));
  }
}

const aUsage = (number: number): Usage => ({
  id: `anthropic:msg_01AbCdEfGhIjKlMnOp${number}`,
  at: Date.now(),
  provider: "anthropic",
  model: "claude-sonnet-4-5-20250929",
  service: "claude-code",
  basis: "metered",
  session: `0b9d1e2a-1111-4222-8333-${number % 50}`,
  repository: "Codertocat/Hello-World",
  pullRequest: 1 + (number % 20),
  phase: "review",
  actor: "ada",
  tokens: { uncachedIn: number % 5_000, cacheRead: 20_000, cacheWrite5m: 800, cacheWrite1h: 0, out: 300, reasoning: 0 },
});

/** What was answered for must be in the file of the bot, which was killed: otherwise the figure is worth nothing. */
function assertStored(stateFile: string, sent: number): void {
  const database = new DatabaseSync(stateFile);
  const stored = Number(database.prepare("SELECT count(*) AS count FROM usage_entries").get()?.count);
  database.close();
  if (stored !== sent) throw new Error(`${sent} rows were acknowledged, and ${stored} stored.`);
}

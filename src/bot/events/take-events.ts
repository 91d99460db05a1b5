import type { Granted, Wish } from "../../pipeline/budgets/reservation.ts";
import type { Transaction } from "../../pipeline/records.ts";
import { exactUsd } from "../../pipeline/usage/money.ts";
import type { PriceBook } from "../../pipeline/usage/price-book.ts";
import { toEntry } from "../../pipeline/usage/to-entry.ts";
import type { Usage } from "../../pipeline/usage/usage.ts";
import type { EventResult } from "./answer.ts";
import type { Heard } from "./event.ts";

/** What is done with money besides writing it down. */
export interface Spending {
  readonly priceBook: PriceBook;
  reserve(tx: Transaction, wish: Wish): Promise<Granted>;
  /** false: there is no such reservation. */
  settle(tx: Transaction, id: string): Promise<boolean>;
  /** Something new is in the ledger. */
  onRecorded(tx: Transaction): Promise<unknown>;
}

/** Does what the events of a batch say, in their order, in one transaction. */
export async function takeEvents(events: readonly Heard[], tx: Transaction, spending: Spending): Promise<readonly EventResult[]> {
  const results: EventResult[] = [];
  let isNew = false;
  for (const run of runsOf(events)) {
    const done = run.type === "usage" ? await record(run.usages, tx, spending) : [await takeOne(run, tx, spending)];
    isNew ||= done.some(({ status }) => status === "recorded" || status === "amended");
    for (const result of done) results.push({ index: results.length, ...result });
  }
  if (isNew) await spending.onRecorded(tx);
  return results;
}

type Done = Omit<EventResult, "index">;
type Other = Exclude<Heard, { type: "usage" }>;

/** Requests that follow each other are written at once; a reservation sees what comes before it. */
function runsOf(events: readonly Heard[]): readonly ({ readonly type: "usage"; readonly usages: readonly Usage[] } | Other)[] {
  const runs: ({ readonly type: "usage"; readonly usages: Usage[] } | Other)[] = [];
  for (const event of events) {
    const last = runs.at(-1);
    if (event.type !== "usage") runs.push(event);
    else if (last?.type === "usage") last.usages.push(event.usage);
    else runs.push({ type: "usage", usages: [event.usage] });
  }
  return runs;
}

async function record(usages: readonly Usage[], tx: Transaction, { priceBook }: Spending): Promise<readonly Done[]> {
  const appended = await tx.ledger.append(usages.map((usage) => toEntry(usage, priceBook)));
  return usages.map(({ id }, index) => ({ id, status: appended[index] ?? "known" }));
}

async function takeOne(event: Other, tx: Transaction, { reserve, settle }: Spending): Promise<Done> {
  if (event.type === "invalid") return { ...(event.id !== undefined && { id: event.id }), status: "invalid", message: event.problem };
  const { id } = event;
  if (event.type === "settle") return { id, status: (await settle(tx, event.reservation)) ? "settled" : "unknown_reservation" };

  const granted = await reserve(tx, event.wish);
  if (granted.isGranted) return { id, status: "granted" };
  const { reason, message, leftPico, retryAt } = granted;
  return {
    id,
    status: "refused",
    reason,
    message,
    ...(leftPico !== undefined && { leftUsd: exactUsd(leftPico) }),
    ...(retryAt !== undefined && { retryAt: new Date(retryAt).toISOString() }),
  };
}

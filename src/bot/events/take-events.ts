import { settle } from "../../pipeline/budgets/expire.ts";
import { recordUsage } from "../../pipeline/budgets/record-usage.ts";
import { reserve } from "../../pipeline/budgets/reserve.ts";
import type { Transaction } from "../../pipeline/records.ts";
import { recordObservation } from "../../pipeline/sessions/record-observation.ts";
import { exactUsd } from "../../pipeline/usage/money.ts";
import type { Usage } from "../../pipeline/usage/usage.ts";
import type { Services } from "../../services.ts";
import type { EventResult } from "./answer.ts";
import type { Heard } from "./event.ts";

type Needs = Pick<Services, "priceBook" | "money" | "timings" | "channels" | "designLimits" | "reviewRules" | "now">;

/** Does what the events of a batch say, in their order, in one transaction. */
export async function takeEvents(events: readonly Heard[], tx: Transaction, services: Needs): Promise<readonly EventResult[]> {
  const results: EventResult[] = [];
  for (const run of runsOf(events)) {
    const done = run.type === "usage" ? await takeUsages(run.usages, tx, services) : [await takeOne(run, tx, services)];
    for (const result of done) results.push({ index: results.length, ...result });
  }
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

async function takeUsages(usages: readonly Usage[], tx: Transaction, services: Needs): Promise<readonly Done[]> {
  const appended = await recordUsage(tx, usages, services);
  return usages.map(({ id }, index) => ({ id, status: appended[index] ?? "known" }));
}

async function takeOne(event: Other, tx: Transaction, services: Needs): Promise<Done> {
  if (event.type === "invalid") return { ...(event.id !== undefined && { id: event.id }), status: "invalid", message: event.problem };
  const { id } = event;
  if (event.type === "observed") return { id, status: await recordObservation(tx, event.observation, services) };
  if (event.type === "settle") return { id, status: (await settle(tx, event.reservation, services)) ? "settled" : "unknown_reservation" };

  const granted = await reserve(tx, event.wish, services);
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
